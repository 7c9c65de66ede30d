package io.pipelab.local.kernel;

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

  /** Ends what the service started. */
  @Override
  default void close() {}
}
