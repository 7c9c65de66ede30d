package io.pipelab.local.ecs;

import io.pipelab.local.ecs.container.ContainerFailure;
import io.pipelab.local.kernel.AwsError;
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
   * @throws ContainerFailure ResourceInitializationError when the log group does not exist
   */
  Consumer<List<String>> open(ContainerDefinition container, String taskId)
      throws ContainerFailure {
    if (container.logConfiguration() == null) {
      return lines -> {};
    }
    Map<String, String> options = container.logConfiguration().options();
    String group = Objects.requireNonNullElse(options.get("awslogs-group"), "");
    String stream = options.get("awslogs-stream-prefix") + "/" + container.name() + "/" + taskId;
    try {
      if ("true".equals(options.get("awslogs-create-group"))) {
        logs.ensureGroup(group);
      }
      logs.append(group, stream, List.of());
    } catch (AwsError e) {
      throw ContainerFailure.cannotInitialize(
          "failed to validate logger args: create stream has been retried 1 times: failed to create"
              + " Cloudwatch log stream: "
              + e.code()
              + ": "
              + e.getMessage()
              + " : exit status 1");
    }
    return lines -> logs.append(group, stream, lines);
  }
}
