package io.pipelab.local.ecs.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void cutsLinesWithAndWithoutAnEnd() throws IOException {
    assertEquals(List.of("a", "", "b\u00fc", "c"), lines("a\r\n\nb\u00fc\nc"));
    assertEquals(List.of(), lines(""));
  }

  @Test
  void cutsAnEndlessLine() throws IOException {
    List<String> lines = lines("x".repeat(40_000) + "\ny\n");
    assertEquals(List.of(16_384, 16_384, 7_232, 1), lines.stream().map(String::length).toList());
  }

  private static List<String> lines(String text) throws IOException {
    List<String> all = new ArrayList<>();
    new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .forEachBatch(all::addAll);
    return all;
  }
}
