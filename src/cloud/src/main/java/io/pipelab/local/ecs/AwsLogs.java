package io.pipelab.local.ecs;

import io.pipelab.local.ecs.container.ContainerFailure;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.LogSink;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** The log driver awslogs: a container's lines go to the stream PREFIX/CONTAINER/TASK-ID. */
final class AwsLogs {
  private final LogSink logs;

  AwsLogs(LogSink logs) {
    this.logs = logs;
  }

  /**
   * Opens a container's stream; without a log configuration its output goes nowhere.
   *
   * @param writer who writes: the execution role
   * @throws ContainerFailure ResourceInitializationError when the log group does not exist, or the
   *     role may not write there
   */
  Consumer<List<String>> open(ContainerDefinition container, String taskId, Caller writer)
      throws ContainerFailure {
    if (container.logConfiguration() == null) {
      return lines -> {};
    }
    Map<String, String> options = container.logConfiguration().options();
    String group = Objects.requireNonNullElse(options.get("awslogs-group"), "");
    String stream = options.get("awslogs-stream-prefix") + "/" + container.name() + "/" + taskId;
    LogSink sink = logs.writtenBy(writer);
    if ("true".equals(options.get("awslogs-create-group"))) {
      creating("group", () -> sink.ensureGroup(group));
    }
    creating("stream", () -> sink.append(group, stream, List.of()));
    return lines -> append(sink, group, stream, lines);
  }

  private static void creating(String what, Runnable step) throws ContainerFailure {
    try {
      step.run();
    } catch (AwsError e) {
      throw ContainerFailure.cannotInitialize(
          "failed to validate logger args: create stream has been retried 1 times: failed to create"
              + " Cloudwatch log "
              + what
              + ": "
              + e.code()
              + ": "
              + e.getMessage()
              + " : exit status 1");
    }
  }

  /** Lines that the execution role may not write are lost; the container runs on. */
  private static void append(LogSink sink, String group, String stream, List<String> lines) {
    try {
      sink.append(group, stream, lines);
    } catch (AwsError e) {
      if (!e.code().equals("AccessDeniedException")) {
        throw e;
      }
    }
  }
}
