package io.pipelab.local.lambda.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The largest resident size that a process ever had, where the operating system tells. */
final class PeakMemory {
  private PeakMemory() {}

  /** In MB; empty without {@code /proc}, or when the process is gone. */
  static OptionalLong megabytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      // The process ended between the two looks.
      return OptionalLong.empty();
    }
  }
}
