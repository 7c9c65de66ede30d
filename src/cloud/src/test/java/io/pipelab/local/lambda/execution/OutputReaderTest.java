package io.pipelab.local.lambda.execution;

import static io.pipelab.local.lambda.execution.HandlerJar.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.lambda.runtime.FunctionOutput;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class OutputReaderTest {
  private final RecordedLogs logs = new RecordedLogs();

  @Test
  void aLineWithoutAnEndIsCutIntoEvents() throws Exception {
    String line = "x".repeat(600 * 1024);
    OutputReader reader =
        OutputReader.start(
            new ByteArrayInputStream(utf8(line)), new EnvironmentLog(logs, "g", "s"));
    reader.ended().join();
    assertEquals(
        List.of(256 * 1024, 256 * 1024, 88 * 1024),
        logs.events("g").stream().map(String::length).toList());
  }

  @Test
  void marksAreNoEventsAndOtherMarksAreNotTheExpectedOne() throws Exception {
    String output = "a\0b\n" + mark("other") + "c\n" + mark("id") + "d\n";
    OutputReader reader =
        OutputReader.start(
            new ByteArrayInputStream(utf8(output)), new EnvironmentLog(logs, "g", "s"));
    reader.ended().join();
    assertEquals(List.of("a\nb", "c", "d"), logs.events("g"));
  }

  @Test
  void aLogThatFailsDoesNotStopTheReading() throws Exception {
    LogSink broken =
        new LogSink() {
          @Override
          public void ensureGroup(String group) {}

          @Override
          public void append(String group, String stream, List<String> lines) {
            if (lines.contains("first")) {
              throw new IllegalStateException("no log today");
            }
            if (lines.contains("second")) {
              throw new StackOverflowError("made for the test");
            }
            logs.ensureGroup(group);
            logs.append(group, stream, lines);
          }
        };
    String output = "first\n" + mark("a") + "second\n" + mark("b") + "third\n";
    OutputReader reader =
        OutputReader.start(
            new ByteArrayInputStream(utf8(output)), new EnvironmentLog(broken, "g", "s"));
    reader.ended().join();
    assertEquals(List.of("third"), logs.events("g"));
  }

  private static String mark(String requestId) {
    return FunctionOutput.END_MARK + requestId + "\n";
  }
}
