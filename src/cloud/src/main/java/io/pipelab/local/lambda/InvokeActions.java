package io.pipelab.local.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.util.AwsHeader;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** The Invoke action. */
final class InvokeActions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NO_PAYLOAD = {'{', '}'};
  private static final int MAX_SYNCHRONOUS_BYTES = 6_291_456;
  private static final int MAX_ASYNCHRONOUS_BYTES = 1_048_576;

  private final Invocations invocations;
  private final AsyncEvents events;

  InvokeActions(Invocations invocations, AsyncEvents events) {
    this.invocations = invocations;
    this.events = events;
  }

  Actions addTo(Actions actions) {
    return actions.onAsync(InvokeRequest.class, this::invoke);
  }

  CompletionStage<InvokeResponse> invoke(InvokeRequest request, Caller caller) {
    InvocationType type =
        request.invocationType() == null
            ? InvocationType.REQUEST_RESPONSE
            : request.invocationType();
    Target target =
        invocations.authorized(
            FunctionName.parse(request.functionName(), request.qualifier()), caller);
    byte[] payload = payload(request);
    return switch (type) {
      case DRY_RUN ->
          CompletableFuture.completedFuture(InvokeResponse.builder().statusCode(204).build());
      case EVENT -> CompletableFuture.completedFuture(accept(target, payload));
      case REQUEST_RESPONSE -> {
        checkSize(payload, MAX_SYNCHRONOUS_BYTES);
        boolean withLog = request.logType() == LogType.TAIL;
        yield run(target, payload, withLog);
      }
      case UNKNOWN_TO_SDK_VERSION ->
          throw Errors.constraint(
              request.invocationTypeAsString(),
              "invocationType",
              "satisfy enum value set: [Event, RequestResponse, DryRun]");
    };
  }

  private InvokeResponse accept(Target target, byte[] payload) {
    checkSize(payload, MAX_ASYNCHRONOUS_BYTES);
    String requestId = Invoker.newRequestId();
    events.accept(target, requestId, payload);
    return answer(requestId).statusCode(202).build();
  }

  /** Whoever goes away meanwhile does not end the run, as on AWS. */
  private CompletionStage<InvokeResponse> run(Target target, byte[] payload, boolean withLog) {
    String requestId = Invoker.newRequestId();
    return invocations
        .run(target, requestId, payload)
        .thenApply(result -> response(target, requestId, result, withLog));
  }

  private static InvokeResponse response(
      Target target, String requestId, InvocationResult result, boolean withLog) {
    InvokeResponse.Builder response =
        answer(requestId)
            .statusCode(200)
            .executedVersion(target.version().version())
            .payload(SdkBytes.fromByteArrayUnsafe(result.payload()));
    if (result.failed()) {
      response.functionError(result.functionError());
    }
    if (withLog) {
      byte[] log = result.logTail().getBytes(StandardCharsets.UTF_8);
      response.logResult(Base64.getEncoder().encodeToString(log));
    }
    return response.build();
  }

  /** An answer that carries the id by which the function's log calls the invocation. */
  private static InvokeResponse.Builder answer(String requestId) {
    InvokeResponse.Builder answer = InvokeResponse.builder();
    answer.responseMetadata(
        DefaultAwsResponseMetadata.create(Map.of(AwsHeader.AWS_REQUEST_ID, requestId)));
    return answer;
  }

  private static void checkSize(byte[] payload, int most) {
    if (payload.length > most) {
      throw AwsError.of(
          "RequestTooLargeException",
          413,
          payload.length
              + " byte payload is too large for the invocation (limit "
              + most
              + " bytes)");
    }
  }

  /** The event, which must be JSON; an empty one is an empty object. */
  private static byte[] payload(InvokeRequest request) {
    SdkBytes given = request.payload();
    if (given == null || given.asByteArrayUnsafe().length == 0) {
      return NO_PAYLOAD;
    }
    byte[] payload = given.asByteArray();
    try (JsonParser parser = JSON.createParser(payload)) {
      parser.nextToken();
      parser.skipChildren();
      if (parser.currentToken() == null || parser.nextToken() != null) {
        throw notJson("more than one value");
      }
      return payload;
    } catch (JsonProcessingException e) {
      throw notJson(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AwsError notJson(String reason) {
    return AwsError.badRequest(
        "InvalidRequestContentException",
        "Could not parse request body into json: Could not parse payload into json: " + reason);
  }
}
