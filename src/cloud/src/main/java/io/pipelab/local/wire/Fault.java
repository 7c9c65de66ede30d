package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * An error on its way to the caller.
 *
 * @param code the shape's name or the query code, as the service threw it
 * @param members further members of the modelled error, for example DynamoDB's CancellationReasons
 * @param headers of the answer that belong to the error
 */
record Fault(
    String code, int status, String message, ObjectNode members, Map<String, String> headers) {

  static Fault of(AwsError error) {
    ObjectNode members = none();
    error.members().forEach(members::put);
    return new Fault(error.code(), error.status(), error.getMessage(), members, error.headers());
  }

  /** What an engine answered through its SDK client, with the members of its modelled error. */
  static Fault of(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    if (details == null || details.errorCode() == null) {
      return internal(String.valueOf(error.getMessage()));
    }
    String message = details.errorMessage() == null ? "" : details.errorMessage();
    int status = error.statusCode() == 0 ? 400 : error.statusCode();
    return new Fault(details.errorCode(), status, message, Pojos.tree(error), Map.of());
  }

  /** A bug of ours or of an engine. */
  static Fault internal(String message) {
    return new Fault("InternalFailure", 500, message, none(), Map.of());
  }

  /** Whether the caller is to blame. */
  boolean sender() {
    return status < 500;
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }
}
