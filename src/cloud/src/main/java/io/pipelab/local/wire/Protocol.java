package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** One of AWS's protocols: how a request names its action, and how models look on the wire. */
interface Protocol {
  /** An action's typed request. */
  record Decoded(Operation operation, SdkPojo request) {}

  /** What the request asks for, for logs and for errors: an action's name, or method and path. */
  String asked(WireRequest request);

  /**
   * Finds the action and fills its request.
   *
   * @throws AwsError when the service has no such action, or the body does not fit it
   */
  Decoded decode(WireRequest request, ServiceTable table) throws IOException;

  /** Encodes an action's response; null is an action without output. */
  Answer encode(WireRequest request, Operation operation, @Nullable SdkPojo response, String id)
      throws IOException;

  /** Encodes an error of a service. */
  Answer encode(WireRequest request, String service, Fault fault, String id) throws IOException;

  /** The same in the words of the protocols whose bodies are JSON or CBOR. */
  static Operation named(ServiceTable table, String action) {
    return named(table, action, "UnknownOperationException", "Unknown operation " + action + ".");
  }

  /** The operation of that name, or the error that tells why there is none. */
  static Operation named(ServiceTable table, String action, String unknownCode, String unknown) {
    Operation operation = table.byName(action);
    if (operation != null) {
      return operation;
    }
    if (table.exists(action)) {
      throw AwsError.notImplemented(table.iamName(action));
    }
    throw AwsError.badRequest(unknownCode, unknown);
  }
}
