package io.pipelab.local.kernel;

import java.util.List;

/** Port to CloudWatch Logs: how functions, tasks and APIs write. */
public interface LogSink {
  /** The same for a writer with permissions of his own; where nobody asks, it is this one. */
  default LogSink writtenBy(Caller writer) {
    return this;
  }

  /** Creates the group when it is missing. */
  void ensureGroup(String group);

  /**
   * Appends lines at the cloud's time; the stream is created when it is missing.
   *
   * @throws AwsError ResourceNotFoundException when the group does not exist
   */
  void append(String group, String stream, List<String> lines);
}
