package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.LogSink;
import java.util.List;

/** One execution environment's log stream. */
final class EnvironmentLog {
  private static final int TAIL_CHARACTERS = 4096;

  private final LogSink sink;
  private final String group;
  private final String stream;
  private final StringBuilder tail = new StringBuilder();

  EnvironmentLog(LogSink sink, String group, String stream) {
    this.sink = sink;
    this.group = group;
    this.stream = stream;
    sink.ensureGroup(group);
  }

  String stream() {
    return stream;
  }

  /** Starts the log of an invocation anew. */
  synchronized void begin() {
    tail.setLength(0);
  }

  synchronized void append(List<String> events) {
    for (String event : events) {
      tail.append(event).append('\n');
    }
    int tooMuch = tail.length() - TAIL_CHARACTERS;
    if (tooMuch > 0) {
      tail.delete(0, tooMuch);
    }
    try {
      sink.append(group, stream, events);
    } catch (AwsError e) {
      // The group was deleted while the environment is warm. A new one would be an orphan, so the
      // events are lost, as on AWS.
      if (!e.code().equals("ResourceNotFoundException")) {
        throw e;
      }
    }
  }

  /** The last 4 KB since {@link #begin()}. */
  synchronized String tail() {
    return tail.toString();
  }
}
