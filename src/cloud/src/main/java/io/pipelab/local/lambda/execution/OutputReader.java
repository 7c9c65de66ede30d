package io.pipelab.local.lambda.execution;

import io.pipelab.local.lambda.runtime.FunctionOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Carries one output stream of a function's process to its log, in a thread of its own. */
final class OutputReader {
  private static final int MOST_AT_ONCE = 500;
  private static final long PATIENCE_SECONDS = 2;

  private final BufferedReader lines;
  private final EnvironmentLog log;
  private final BlockingQueue<String> marks = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private OutputReader(BufferedReader lines, EnvironmentLog log) {
    this.lines = lines;
    this.log = log;
  }

  static OutputReader start(BufferedReader lines, EnvironmentLog log) {
    OutputReader reader = new OutputReader(lines, log);
    Thread thread = new Thread(reader::run, "lambda-output");
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  private void run() {
    List<String> batch = new ArrayList<>();
    try {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(FunctionOutput.END_MARK)) {
          flush(batch);
          marks.add(line.substring(FunctionOutput.END_MARK.length()));
        } else {
          batch.add(line.replace(FunctionOutput.INNER_LINE_END, '\n'));
        }
        if (batch.size() >= MOST_AT_ONCE || !lines.ready()) {
          flush(batch);
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The process ended and took its end of the pipe with it.
      batch.add("pipelab: the function's output ends here: " + e.getMessage());
    } finally {
      flush(batch);
      ended.countDown();
    }
  }

  private void flush(List<String> batch) {
    if (!batch.isEmpty()) {
      log.append(List.copyOf(batch));
      batch.clear();
    }
  }

  /** Waits until all that was printed for an invocation is in the log. */
  void awaitMark(String requestId) throws InterruptedException {
    String mark = marks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (mark != null && !mark.equals(requestId)) {
      mark = marks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Waits until all that an ended process has printed is in the log. */
  void awaitEnd() throws InterruptedException {
    if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      log.append(List.of("pipelab: the function's output did not end with its process"));
    }
  }
}
