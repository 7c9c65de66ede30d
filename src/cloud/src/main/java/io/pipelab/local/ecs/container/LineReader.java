package io.pipelab.local.ecs.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Cuts a program's output into lines; a line without an end is cut, as Docker does, at 16 KiB. */
final class LineReader {
  private static final int LONGEST = 16 * 1024;

  private final InputStream stream;
  private final byte[] line = new byte[LONGEST];
  private int length;

  LineReader(InputStream stream) {
    this.stream = stream;
  }

  /** Hands over lines as they come, those that came together in one list, until the stream ends. */
  void forEachBatch(Consumer<List<String>> lines) throws IOException {
    byte[] buffer = new byte[8 * 1024];
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      List<String> batch = new ArrayList<>();
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          batch.add(take());
        } else {
          if (length == LONGEST) {
            batch.add(take());
          }
          line[length++] = buffer[i];
        }
      }
      if (!batch.isEmpty()) {
        lines.accept(batch);
      }
    }
    if (length > 0) {
      lines.accept(List.of(take()));
    }
  }

  private String take() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(Arrays.copyOf(line, end), StandardCharsets.UTF_8);
    length = 0;
    return text;
  }
}
