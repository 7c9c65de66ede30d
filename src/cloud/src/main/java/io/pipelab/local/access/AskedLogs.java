package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AccessControl.Refusal;
import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.LogSink;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The logs for functions and tasks: what they may write, their roles say. */
public final class AskedLogs implements LogSink {
  private final LogSink logs;
  private final Predicate<String> groups;
  private final AccessControl access;
  private final CloudIdentity identity;

  /**
   * @param groups whether there is a group of that name
   */
  public AskedLogs(
      LogSink logs, Predicate<String> groups, AccessControl access, CloudIdentity identity) {
    this.logs = logs;
    this.groups = groups;
    this.access = access;
    this.identity = identity;
  }

  @Override
  public LogSink writtenBy(Caller writer) {
    return new Written(writer);
  }

  @Override
  public void ensureGroup(String group) {
    logs.ensureGroup(group);
  }

  @Override
  public void append(String group, String stream, List<String> lines) {
    logs.append(group, stream, lines);
  }

  /** What one writer may do. */
  private final class Written implements LogSink {
    private final Caller writer;
    private final Set<String> streams = ConcurrentHashMap.newKeySet();

    Written(Caller writer) {
      this.writer = writer;
    }

    @Override
    public void ensureGroup(String group) {
      if (!groups.test(group)) {
        require("logs:CreateLogGroup", group, "");
        logs.ensureGroup(group);
      }
    }

    /** The stream is created with the first lines, also when there are none yet. */
    @Override
    public void append(String group, String stream, List<String> lines) {
      if (!streams.contains(stream)) {
        require("logs:CreateLogStream", group, stream);
        logs.append(group, stream, List.of());
        streams.add(stream);
      }
      if (!lines.isEmpty()) {
        require("logs:PutLogEvents", group, stream);
        logs.append(group, stream, lines);
      }
    }

    private void require(String action, String group, String stream) {
      String arn = identity.arn("logs", "log-group:" + group + ":log-stream:" + stream);
      Optional<Refusal> refusal = access.refusal(new Use(writer, action, arn), "");
      if (refusal.isPresent()) {
        throw AwsError.badRequest("AccessDeniedException", refusal.get().message());
      }
    }
  }
}
