package io.pipelab.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process holds. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /** Resident bytes; empty where the system does not tell. */
  public static OptionalLong residentBytes(long pid) {
    try {
      return Files.readAllLines(
              Path.of("/proc", String.valueOf(pid), "status"), StandardCharsets.UTF_8)
          .stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      // No /proc on this system, or the process has just ended.
      return OptionalLong.empty();
    }
  }
}
