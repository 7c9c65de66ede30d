package io.pipelab.local.lambda.execution;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An image's program that cannot even be started; whoever calls the function is told. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final transient @Nullable EnvironmentLog log;

  private StartFailure(String type, String message, @Nullable EnvironmentLog log) {
    super(message);
    this.type = type;
    this.log = log;
  }

  static StartFailure invalidEntryPoint(String why) {
    return new StartFailure("Runtime.InvalidEntrypoint", why, null);
  }

  static StartFailure invalidWorkingDirectory(String why) {
    return new StartFailure("Runtime.InvalidWorkingDir", why, null);
  }

  /** The same failure, of an environment whose log is known. */
  StartFailure in(EnvironmentLog environment) {
    return new StartFailure(type, getMessage(), environment);
  }

  /** What an invocation gets instead of an answer, and what the log has of it. */
  InvocationResult result(FunctionSpec spec, Invocation invocation) {
    String message = "RequestId: " + invocation.requestId() + " Error: " + getMessage();
    String status = "error\tError Type: " + type;
    String tail = "";
    if (log != null) {
      log.append(
          List.of(
              Reports.initReport(Duration.ZERO, status),
              Reports.start(invocation, spec),
              message + "\n" + type,
              "END RequestId: " + invocation.requestId(),
              Reports.report(invocation, spec, Duration.ZERO, null, OptionalLong.empty(), status)));
      tail = log.tail();
    }
    return new InvocationResult(Reports.error(type, message), "Unhandled", tail, Duration.ZERO);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
