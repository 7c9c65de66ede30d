package io.pipelab.functions.tasks;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An invocation's context, read off the event's headers and the environment's variables. */
final class ImageContext implements Context {
  private final String requestId;
  private final String functionArn;
  private final long deadlineMillis;

  ImageContext(HttpURLConnection event) {
    this.requestId = header(event, "Lambda-Runtime-Aws-Request-Id");
    this.functionArn = header(event, "Lambda-Runtime-Invoked-Function-Arn");
    this.deadlineMillis = event.getHeaderFieldLong("Lambda-Runtime-Deadline-Ms", 0);
  }

  private static String header(HttpURLConnection event, String name) {
    String value = event.getHeaderField(name);
    return value == null ? "" : value;
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return variable("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Override
  public String getLogStreamName() {
    return variable("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  @Override
  public String getFunctionName() {
    return variable("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Override
  public String getFunctionVersion() {
    return variable("AWS_LAMBDA_FUNCTION_VERSION");
  }

  @Override
  public String getInvokedFunctionArn() {
    return functionArn;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, deadlineMillis - System.currentTimeMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return Environment.number("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 128);
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        System.out.println(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
