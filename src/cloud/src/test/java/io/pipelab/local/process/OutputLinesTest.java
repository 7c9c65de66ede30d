package io.pipelab.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
  private static final int LONGEST = 16 * 1024;

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

  @Test
  void cutsNoCharacterInTwo() throws IOException {
    for (String character : List.of("\u00fc", "\u20ac", "\ud83d\ude00")) {
      for (int shift = 0; shift < 4; shift++) {
        String text = "x".repeat(shift) + character.repeat(10_000);
        assertEquals(text, String.join("", lines(text)));
      }
    }
  }

  @Test
  void bytesThatAreNoCharactersAreCutToo() throws IOException {
    byte[] bytes = new byte[LONGEST + 100];
    Arrays.fill(bytes, (byte) 0x80);
    assertEquals(bytes.length, String.join("", lines(bytes)).length());
  }

  private static List<String> lines(String text) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(byte[] bytes) throws IOException {
    List<String> all = new ArrayList<>();
    new OutputLines(new ByteArrayInputStream(bytes), LONGEST).forEachBatch(all::addAll);
    return all;
  }
}
