package io.pipelab.local.wire;

import java.util.Map;
import java.util.Set;

/**
 * The two names of an error in the services that moved from the Query protocol to JSON or CBOR:
 * clients of today know the shape's name ({@code QueueDoesNotExist}) and read the old code ({@code
 * AWS.SimpleQueueService.NonExistentQueue}) from the header {@code x-amzn-query-error}.
 */
final class FaultCodes {
  /** Services whose JSON and CBOR errors carry the query code beside the shape's name. */
  private static final Set<String> QUERY_COMPATIBLE = Set.of("sqs", "monitoring");

  private static final Map<String, String> SHAPE_PREFIXES =
      Map.of("sqs", "com.amazonaws.sqs#", "dynamodb", "com.amazonaws.dynamodb.v20120810#");

  private static final String SQS = "AWS.SimpleQueueService.";

  /** Shape name to query code, where they differ. */
  private static final Map<String, Map<String, String>> QUERY_CODES =
      Map.of(
          "sqs",
          Map.ofEntries(
              Map.entry("QueueDoesNotExist", SQS + "NonExistentQueue"),
              Map.entry("QueueNameExists", "QueueAlreadyExists"),
              Map.entry("QueueDeletedRecently", SQS + "QueueDeletedRecently"),
              Map.entry("PurgeQueueInProgress", SQS + "PurgeQueueInProgress"),
              Map.entry("MessageNotInflight", SQS + "MessageNotInflight"),
              Map.entry("TooManyEntriesInBatchRequest", SQS + "TooManyEntriesInBatchRequest"),
              Map.entry("EmptyBatchRequest", SQS + "EmptyBatchRequest"),
              Map.entry("BatchEntryIdsNotDistinct", SQS + "BatchEntryIdsNotDistinct"),
              Map.entry("BatchRequestTooLong", SQS + "BatchRequestTooLong"),
              Map.entry("InvalidBatchEntryId", SQS + "InvalidBatchEntryId"),
              Map.entry("UnsupportedOperation", SQS + "UnsupportedOperation")),
          "monitoring",
          Map.of(
              "DashboardInvalidInputError", "InvalidParameterInput",
              "DashboardNotFoundError", "ResourceNotFound",
              "InternalServiceFault", "InternalServiceError",
              "InvalidFormatFault", "InvalidFormat",
              "InvalidParameterCombinationException", "InvalidParameterCombination",
              "InvalidParameterValueException", "InvalidParameterValue",
              "LimitExceededFault", "LimitExceeded",
              "MissingRequiredParameterException", "MissingParameter"));

  private FaultCodes() {}

  static boolean queryCompatible(String service) {
    return QUERY_COMPATIBLE.contains(service);
  }

  /** The code of the Query protocol, for a code that may be either name. */
  static String query(String service, String code) {
    return QUERY_CODES.getOrDefault(service, Map.of()).getOrDefault(code, code);
  }

  /** The shape's bare name, for a code that may be either name. */
  static String shape(String service, String code) {
    for (Map.Entry<String, String> each : QUERY_CODES.getOrDefault(service, Map.of()).entrySet()) {
      boolean namedAlike = code.equals("ResourceNotFound");
      if (each.getValue().equals(code) && !namedAlike) {
        return each.getKey();
      }
    }
    return code;
  }

  /** The shape's name as {@code __type} has it. */
  static String type(String service, String code) {
    return SHAPE_PREFIXES.getOrDefault(service, "") + shape(service, code);
  }

  /** The shape's name as the header {@code x-amzn-ErrorType} has it: SQS alone says all of it. */
  static String header(String service, String code) {
    return service.equals("sqs") ? type(service, code) : shape(service, code);
  }
}
