package io.pipelab.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The table of the commands, in the order in which help shows them. */
final class Commands {
  private static final Map<String, Supplier<Object>> TABLE = new LinkedHashMap<>();

  static {
    TABLE.put("labs", LabsCommand::new);
    TABLE.put("explain", ExplainCommand::new);
    TABLE.put("run", RunCommand::new);
    TABLE.put("up", UpCommand::new);
    TABLE.put("push-image", PushImageCommand::new);
    TABLE.put("load-queue", LoadQueueCommand::new);
    TABLE.put("upload", UploadCommand::new);
    TABLE.put("publish", PublishCommand::new);
    TABLE.put("call", CallCommand::new);
    TABLE.put("peek", PeekCommand::new);
    TABLE.put("invoke", InvokeCommand::new);
    TABLE.put("deploy-function", DeployFunctionCommand::new);
    TABLE.put("download", DownloadCommand::new);
    TABLE.put("verify", VerifyCommand::new);
    TABLE.put("env", EnvCommand::new);
    TABLE.put("aws", AwsCommand::new);
    TABLE.put("status", StatusCommand::new);
    TABLE.put("logs", LogsCommand::new);
    TABLE.put("metrics", MetricsCommand::new);
    TABLE.put("down", DownCommand::new);
    TABLE.put("local", LocalCommand::new);
    TABLE.put("doctor", DoctorCommand::new);
    TABLE.put("completion", CompletionCommand::new);
  }

  private Commands() {}

  static Map<String, Supplier<Object>> table() {
    return TABLE;
  }
}
