package io.pipelab.local.wire;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.Caller;
import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * One action of a service: its name and HTTP binding as the SDK's marshaller declares them, and the
 * code that answers it. All reflection of a call's path happens here, once.
 *
 * @param info the marshaller's binding: URI, method, target, API version
 * @param prototype an empty request, from which builders are made
 */
record Operation(String name, OperationInfo info, AwsRequest prototype, Action<?, ?> action) {

  /** Reads the SDK's declarations for a request class. */
  static Operation of(Class<? extends SdkPojo> request, Action<?, ?> action) {
    try {
      Object builder = request.getMethod("builder").invoke(null);
      AwsRequest prototype = (AwsRequest) ((Buildable) builder).build();
      OperationInfo info = binding(request);
      return new Operation(name(request, info), info, prototype, action);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException(request.getName() + " is not a request of the AWS SDK", e);
    }
  }

  /** The marshaller that stands beside a request class declares the operation's binding. */
  static OperationInfo binding(Class<?> request) throws ReflectiveOperationException {
    String marshaller = request.getName().replace(".model.", ".transform.") + "Marshaller";
    Class<?> type = Class.forName(marshaller, true, request.getClassLoader());
    Field field = type.getDeclaredField("SDK_OPERATION_BINDING");
    field.setAccessible(true);
    return (OperationInfo) field.get(null);
  }

  /**
   * The action's name on the wire: behind the dot of a JSON target, the Query action itself, the
   * end of a CBOR path; REST operations are named by their class.
   */
  static String name(Class<?> request, OperationInfo info) {
    String identifier = info.operationIdentifier();
    if (identifier != null && !identifier.isEmpty()) {
      return identifier.substring(identifier.lastIndexOf('.') + 1);
    }
    String uri = info.requestUri();
    int cbor = uri.indexOf("/operation/");
    if (uri.startsWith("/service/") && cbor > 0) {
      return uri.substring(cbor + "/operation/".length());
    }
    String simple = request.getSimpleName();
    return simple.substring(0, simple.length() - "Request".length());
  }

  /** A new builder of the request. */
  SdkPojo newBuilder() {
    return (SdkPojo) prototype.toBuilder();
  }

  /** Starts the action; the stage's result is null when it has no output. */
  @SuppressWarnings("unchecked") // the table pairs each request class with an action that takes it
  CompletableFuture<@Nullable SdkPojo> begin(SdkPojo request, Caller caller) {
    return ((Action<SdkPojo, @Nullable SdkPojo>) action)
        .begin(request, caller)
        .toCompletableFuture();
  }
}
