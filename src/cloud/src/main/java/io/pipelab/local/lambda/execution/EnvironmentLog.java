package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.LogSink;
import java.util.List;
import java.util.Set;

/** One execution environment's log stream. */
final class EnvironmentLog {
  private static final Set<String> LOST =
      Set.of("ResourceNotFoundException", "AccessDeniedException");
  private static final int TAIL_CHARACTERS = 4096;

  private final LogSink sink;
  private final String group;
  private final String stream;
  private final StringBuilder tail = new StringBuilder();

  EnvironmentLog(LogSink sink, String group, String stream) {
    this.sink = sink;
    this.group = group;
    this.stream = stream;
    losing(() -> sink.ensureGroup(group));
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
    losing(() -> sink.append(group, stream, events));
  }

  /**
   * Writes, or loses what is written, as on AWS: when the group was deleted while the environment
   * is warm (a new one would be an orphan), and when the function's role may not write. The
   * function runs all the same.
   */
  private static void losing(Runnable write) {
    try {
      write.run();
    } catch (AwsError e) {
      if (!LOST.contains(e.code())) {
        throw e;
      }
    }
  }

  /** The last 4 KB since {@link #begin()}. */
  synchronized String tail() {
    return tail.toString();
  }
}
