package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.workflow.drive.LoadSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LoadQueueCommandTest {
  private static final LoadSettings USUAL = new LoadSettings("queue", 500, 7, 20, null);

  @Test
  void everyOptionReachesTheLoad() {
    assertEquals(
        new LoadSettings("queue", 50, 3, 40, Path.of("bodies.txt")),
        settings("--count=50", "--poison=3", "--rate=40/s", "--body-file=bodies.txt"));
  }

  @Test
  void withoutOptionsTheCountIsTheLabsAndTheRateUnlimited() {
    assertEquals(new LoadSettings("queue", 500, 0, Double.POSITIVE_INFINITY, null), settings());
  }

  private static LoadSettings settings(String... options) {
    LoadQueueCommand command = new LoadQueueCommand();
    new CommandLine(command).parseArgs(options);
    return command.settings(USUAL);
  }
}
