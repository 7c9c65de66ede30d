package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.AwsError;

/** Kinesis' errors, in its words. */
final class Refusals {
  private Refusals() {}

  static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidArgumentException", message);
  }

  /** A value that the model's constraints do not allow, in the wording of AWS's framework. */
  static AwsError constraint(Object value, String member, String rule) {
    return AwsError.badRequest(
        "ValidationException",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: "
            + rule);
  }

  static AwsError noStream(String name, String account) {
    return AwsError.badRequest(
        "ResourceNotFoundException",
        "Stream " + name + " under account " + account + " not found.");
  }

  static AwsError noShard(String shardId, Stream stream, String account) {
    return AwsError.badRequest(
        "ResourceNotFoundException",
        "Could not find shard "
            + shardId
            + " in stream "
            + stream.name
            + " under account "
            + account
            + ".");
  }

  static AwsError inUse(String message) {
    return AwsError.badRequest("ResourceInUseException", message);
  }

  static AwsError limit(String message) {
    return AwsError.badRequest("LimitExceededException", message);
  }

  static AwsError throttled(String shardId, String name, String account) {
    return AwsError.badRequest(
        "ProvisionedThroughputExceededException", rate(shardId, name, account));
  }

  static String rate(String shardId, String name, String account) {
    return "Rate exceeded for shard "
        + shardId
        + " in stream "
        + name
        + " under account "
        + account
        + ".";
  }
}
