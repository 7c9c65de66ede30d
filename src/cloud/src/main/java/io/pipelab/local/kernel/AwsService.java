package io.pipelab.local.kernel;

import org.jspecify.annotations.Nullable;

/**
 * One service of the embedded cloud: a signing name and a table of typed actions. It never sees a
 * protocol; the wire layer decodes requests into the SDK's model classes and encodes what comes
 * back.
 */
public interface AwsService extends AutoCloseable {
  /**
   * The service's name in a SigV4 credential scope: {@code sqs}, {@code monitoring}, {@code logs}
   * ...
   */
  String signingName();

  /** The actions it implements; every other action of the service is refused by name. */
  Actions actions();

  /**
   * The policy of one of its resources that has a say in an action, as JSON: it is asked at every
   * call of a user or a role. Null when the resource has none, or is not there.
   */
  default @Nullable String resourcePolicy(String arn, String action) {
    return null;
  }

  /**
   * The ARN that one of its resources has, of the one that a request's members make: they leave out
   * what only the service knows, as the path of a role. It is asked at every call of a user or a
   * role.
   */
  default String resourceArn(String asked) {
    return asked;
  }

  /** Ends what the service started. */
  @Override
  default void close() {}
}
