package io.pipelab.local.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Which processes have a socket open, as Linux tells of those of the same user. */
final class SocketHolders {
  private static final int SESSION = 3;

  private final Path proc;

  /**
   * @param proc {@code /proc}
   */
  SocketHolders(Path proc) {
    this.proc = proc;
  }

  /**
   * The session, of some, one of whose processes has the socket open.
   *
   * @param inode the socket's number
   */
  OptionalLong session(long inode, Collection<Long> sessions) throws IOException {
    String socket = "socket:[" + inode + "]";
    try (Stream<Path> all = Files.list(proc)) {
      for (Path process : all.filter(SocketHolders::isProcess).toList()) {
        OptionalLong session = session(process);
        if (session.isPresent()
            && sessions.contains(session.getAsLong())
            && holds(process, socket)) {
          return session;
        }
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isProcess(Path path) {
    return path.getFileName().toString().chars().allMatch(Character::isDigit);
  }

  /** Behind the program's name, which is in parentheses and may have any in it. */
  private static OptionalLong session(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
      return OptionalLong.of(Long.parseLong(fields[SESSION]));
    } catch (IOException e) {
      return OptionalLong.empty(); // it has ended
    }
  }

  private static boolean holds(Path process, String socket) {
    List<Path> files;
    try (Stream<Path> all = Files.list(process.resolve("fd"))) {
      files = all.toList();
    } catch (IOException e) {
      return false; // it has ended
    }
    for (Path file : files) {
      try {
        if (Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      } catch (IOException e) {
        continue; // closed meanwhile
      }
    }
    return false;
  }
}
