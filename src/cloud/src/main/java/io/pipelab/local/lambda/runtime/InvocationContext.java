package io.pipelab.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a handler can ask about its invocation. */
final class InvocationContext implements Context {
  private final RuntimeApi.Event event;
  private final FunctionOutput output;

  InvocationContext(RuntimeApi.Event event, FunctionOutput output) {
    this.event = event;
    this.output = output;
  }

  @Override
  public String getAwsRequestId() {
    return event.requestId();
  }

  @Override
  public String getLogGroupName() {
    return Bootstrap.environment("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Override
  public String getLogStreamName() {
    return Bootstrap.environment("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  @Override
  public String getFunctionName() {
    return Bootstrap.environment("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Override
  public String getFunctionVersion() {
    return Bootstrap.environment("AWS_LAMBDA_FUNCTION_VERSION");
  }

  @Override
  public String getInvokedFunctionArn() {
    return event.functionArn();
  }

  @Override
  public CognitoIdentity getIdentity() {
    return new CognitoIdentity() {
      @Override
      public String getIdentityId() {
        return "";
      }

      @Override
      public String getIdentityPoolId() {
        return "";
      }
    };
  }

  /** Only mobile SDKs send one. */
  @Override
  @SuppressWarnings("NullAway") // AWS's interface is not annotated; AWS answers null too
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, event.deadlineMillis() - System.currentTimeMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return Integer.parseInt(Bootstrap.environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        try {
          output.event(String.valueOf(message));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
