package io.pipelab.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a child's output into lines of bounded length: a line without an end is cut, and never
 * inside a character.
 */
public final class OutputLines {
  private static final int USUAL = 8 * 1024;

  private final InputStream stream;
  private final int longest;
  private byte[] line = new byte[0];
  private int length;

  /**
   * @param longest the most bytes of a line in UTF-8, at least 4
   */
  public OutputLines(InputStream stream, int longest) {
    this.stream = stream;
    this.longest = longest;
  }

  /** Hands over lines as they come, those that came together in one list, until the stream ends. */
  public void forEachBatch(Consumer<List<String>> lines) throws IOException {
    byte[] buffer = new byte[USUAL];
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      List<String> batch = new ArrayList<>();
      for (int i = 0; i < read; i++) {
        add(buffer[i], batch);
      }
      if (!batch.isEmpty()) {
        lines.accept(batch);
      }
    }
    if (length > 0) {
      lines.accept(List.of(takeLine()));
    }
  }

  private void add(byte next, List<String> batch) {
    if (next == '\n') {
      batch.add(takeLine());
      return;
    }
    if (length == longest) {
      batch.add(takePart(next));
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(longest, Math.max(USUAL, 2 * length)));
    }
    line[length++] = next;
  }

  private String takeLine() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    length = 0;
    if (line.length > USUAL) {
      line = new byte[0];
    }
    return text;
  }

  /** All of a full line but the beginning of a character that goes on with the next byte. */
  private String takePart(byte next) {
    int end = length;
    if (continues(next)) {
      int begin = length - 1;
      while (begin > length - 4 && continues(line[begin])) {
        begin--;
      }
      end = begin;
    }
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    System.arraycopy(line, end, line, 0, length - end);
    length -= end;
    return text;
  }

  private static boolean continues(byte part) {
    return (part & 0xC0) == 0x80;
  }
}
