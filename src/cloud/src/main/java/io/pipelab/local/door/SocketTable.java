package io.pipelab.local.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One of Linux's lists of sockets with their owners, {@code /proc/net/tcp} or {@code tcp6}.
 *
 * <p>The kernel walks its whole hash table to write it, some milliseconds whatever is in it: who
 * asks while it is being read shares the next reading with all others who do.
 */
final class SocketTable {
  private static final int UID = 7;
  private static final int INODE = 9;

  private final Path file;
  private String text = "";
  private long takenAt;
  private boolean taken;

  SocketTable(Path file) {
    this.file = file;
  }

  /**
   * The user id of a socket's owner.
   *
   * @param pair the socket's own and its peer's address, as the table writes them
   */
  OptionalLong owner(String pair) throws IOException {
    return owner(since(System.nanoTime()), pair);
  }

  /** The table as it was at some time after the given one. */
  private synchronized String since(long asked) throws IOException {
    if (!taken || takenAt - asked < 0) {
      takenAt = System.nanoTime();
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
      taken = true;
    }
    return text;
  }

  /**
   * Reads the owner from the table's text. A socket that its process closed is listed until the
   * connection has ended, as root's and without an inode: that says nothing about who had it.
   */
  static OptionalLong owner(String table, String pair) {
    return field(table, pair, UID);
  }

  /** The number of a socket, by which its process has it open. */
  OptionalLong inode(String pair) throws IOException {
    return field(since(System.nanoTime()), pair, INODE);
  }

  private static OptionalLong field(String table, String pair, int wantedField) {
    String wanted = ": " + pair + " ";
    for (int at = table.indexOf(wanted); at >= 0; at = table.indexOf(wanted, at + 1)) {
      int start = table.lastIndexOf('\n', at) + 1;
      int end = table.indexOf('\n', at);
      String line = table.substring(start, end < 0 ? table.length() : end);
      String[] fields = line.trim().split("\\s+");
      if (fields.length > INODE && !fields[INODE].equals("0")) {
        return OptionalLong.of(Long.parseLong(fields[wantedField]));
      }
    }
    return OptionalLong.empty();
  }
}
