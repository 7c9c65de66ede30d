package io.pipelab.workflow.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process listens on a TCP port, where {@code /proc} tells (Linux, own processes). */
final class PortOwner {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** The process, when it can be seen. */
  static Optional<ProcessHandle> of(int port) {
    List<String> sockets =
        Stream.of("net/tcp", "net/tcp6")
            .map(PROC::resolve)
            .flatMap(table -> lines(table).stream())
            .map(line -> line.strip().split("\\s+"))
            .filter(row -> row.length > 9 && row[3].equals(LISTENING))
            .filter(row -> row[1].endsWith(String.format(Locale.ROOT, ":%04X", port)))
            .map(row -> "socket:[" + row[9] + "]")
            .toList();
    return sockets.isEmpty()
        ? Optional.empty()
        : ProcessHandle.allProcesses().filter(process -> holds(process, sockets)).findFirst();
  }

  private static boolean holds(ProcessHandle process, List<String> sockets) {
    Path files = PROC.resolve(process.pid() + "/fd");
    try (Stream<Path> open = Files.list(files)) {
      return open.anyMatch(file -> sockets.contains(link(file)));
    } catch (IOException | UncheckedIOException e) {
      return false; // ended meanwhile, or another user's: then its name stays unknown
    }
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.isReadable(table)
          ? Files.readAllLines(table, StandardCharsets.US_ASCII)
          : List.of();
    } catch (IOException e) {
      return List.of(); // no Linux: then the owner stays unknown
    }
  }
}
