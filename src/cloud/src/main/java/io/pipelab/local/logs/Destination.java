package io.pipelab.local.logs;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import org.jspecify.annotations.Nullable;

/** A function that a subscription filter sends to, by its ARN. */
record Destination(String arn, String function) {
  private static final String FUNCTION = "function:";

  /**
   * Reads a destination as PutSubscriptionFilter does.
   *
   * @throws AwsError InvalidParameterException, AccessDeniedException for another account's
   *     function; NotImplemented for streams and other accounts' destinations
   */
  static Destination of(String text, @Nullable String role, CloudIdentity identity) {
    Arn arn;
    try {
      arn = Arn.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter("Invalid destinationArn: " + text);
    }
    String vendor = arn.service();
    switch (vendor) {
      case "lambda" -> {
        if (role != null) {
          throw Refusal.parameter("destinationArn for vendor lambda cannot be used with roleArn");
        }
      }
      case "kinesis", "firehose" -> {
        if (role == null) {
          throw Refusal.parameter(
              "destinationArn for vendor " + vendor + " cannot be used without roleArn");
        }
        throw AwsError.notImplemented("subscription filters to " + vendor + " streams");
      }
      case "logs" -> throw AwsError.notImplemented("destinations of other accounts (" + text + ")");
      default ->
          throw Refusal.parameter(
              "PutSubscriptionFilter operation cannot work with destinationArn for vendor "
                  + vendor);
    }
    if (!arn.account().equals(identity.account())) {
      throw AwsError.badRequest(
          "AccessDeniedException",
          "Cross-account lambda invocation passing is not allowed. You must use"
              + " DestinationPolicies to create cross account lambda triggers.");
    }
    String resource = arn.resource();
    if (!resource.startsWith(FUNCTION)) {
      throw Refusal.parameter("Invalid destinationArn: " + text);
    }
    return new Destination(text, resource.substring(FUNCTION.length()).split(":", 2)[0]);
  }

  /** A function must not be fed with its own log: each line would make more of them. */
  void checkNotFed(String group) {
    if (group.equals("/aws/lambda/" + function)) {
      throw Refusal.parameter(
          "The log group provided is reserved for the function logs of the destination function.");
    }
  }
}
