package io.pipelab.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The state of a process as Linux tells it (proc(5), {@code /proc/PID/stat}, field 3). */
final class LinuxProcess {
  private static final char UNKNOWN = '?';

  private LinuxProcess() {}

  /** Whether it has ended, and only its parent has not asked for its exit code yet. */
  static boolean isZombie(long pid) {
    char state = state(pid);
    return state == 'Z' || state == 'X';
  }

  /** Whether a signal stopped it. */
  static boolean isStopped(long pid) {
    char state = state(pid);
    return state == 'T' || state == 't';
  }

  private static char state(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "stat"));
      String stat = new String(bytes, StandardCharsets.ISO_8859_1);
      // The name in parentheses may hold anything, also parentheses.
      int end = stat.lastIndexOf(')');
      return end < 0 || end + 2 >= stat.length() ? UNKNOWN : stat.charAt(end + 2);
    } catch (IOException e) {
      return UNKNOWN; // another system, or no such process: the process table says the rest
    }
  }
}
