package io.pipelab.drive;

import io.pipelab.target.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Sends one event to a function. */
public final class InvokeFunction {
  /** Of an event whose answer is waited for: Lambda's quota, 6 MB. */
  public static final int MOST_BYTES = 6_291_456;

  /** Of an event that is queued: 1 MB; a region that still has 256 KB says so itself. */
  public static final int MOST_QUEUED_BYTES = 1_048_576;

  private final LambdaClient lambda;
  private final Duration longest;

  /**
   * Invocations.
   *
   * @param lambda one that does not try again
   * @param longest how long to wait for the answer
   */
  public InvokeFunction(LambdaClient lambda, Duration longest) {
    this.lambda = lambda;
    this.longest = longest;
  }

  /**
   * What came of it.
   *
   * @param error {@code Unhandled} or {@code Handled} when the function failed; else null
   * @param payload what the function answered, or the error's JSON; empty of a queued event
   * @param log the last 4 KB of the invocation's log
   */
  public record Invoked(
      String requestId,
      int status,
      @Nullable String version,
      @Nullable String error,
      String payload,
      List<String> log) {}

  /**
   * Sends the event.
   *
   * @param qualifier a version or an alias; null for the unpublished code
   * @param queued whether Lambda shall only take the event, and run the function later
   * @throws Failure of kind USAGE when Lambda does not take such an event; of kind TIME_IS_UP when
   *     no answer came
   */
  public Invoked invoke(String function, @Nullable String qualifier, byte[] event, boolean queued) {
    requireSize(event, queued ? MOST_QUEUED_BYTES : MOST_BYTES);
    InvokeRequest.Builder request =
        InvokeRequest.builder()
            .functionName(function)
            .qualifier(qualifier)
            .payload(SdkBytes.fromByteArrayUnsafe(event))
            .invocationType(queued ? InvocationType.EVENT : InvocationType.REQUEST_RESPONSE)
            .overrideConfiguration(override -> override.apiCallTimeout(longest));
    if (!queued) {
      request.logType(LogType.TAIL);
    }
    try {
      return invoked(lambda.invoke(request.build()));
    } catch (ApiCallTimeoutException e) {
      throw new Failure(
          Failure.Kind.TIME_IS_UP,
          "function " + function + " has not answered in " + longest.toSeconds() + " s",
          "it goes on without pipelab",
          "--timeout gives it more time; --async does not wait",
          e);
    } catch (LambdaException e) {
      throw isAboutTheEvent(e)
          ? new Failure(
              Failure.Kind.USAGE,
              "Lambda does not take the event",
              e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage(),
              "--event takes one JSON value",
              e)
          : e;
    }
  }

  private static void requireSize(byte[] event, int most) {
    if (event.length > most) {
      throw new Failure(
          Failure.Kind.USAGE,
          String.format(Locale.ROOT, "the event has %,d bytes, more than %,d", event.length, most),
          most == MOST_BYTES
              ? "Lambda takes events of 6 MB when one waits for the answer"
              : "Lambda takes events of 1 MB with --async",
          "put what is large into a bucket, and its name into the event");
    }
  }

  private static boolean isAboutTheEvent(LambdaException e) {
    return e.awsErrorDetails() != null
        && List.of("RequestTooLargeException", "InvalidRequestContentException")
            .contains(e.awsErrorDetails().errorCode());
  }

  private static Invoked invoked(InvokeResponse response) {
    String log =
        response.logResult() == null
            ? ""
            : new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    return new Invoked(
        response.responseMetadata().requestId(),
        response.statusCode(),
        response.executedVersion(),
        response.functionError(),
        response.payload() == null ? "" : response.payload().asUtf8String(),
        log.lines().toList());
  }
}
