package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTextTest {
  private static final String MARKS =
      "(`a b`), **bold**; `c`: *so* [it](https://example.com) is, `d`.\"`e`\" x";

  @Test
  void marksKeepTheirPlaceAmongTheWords() {
    assertEquals(
        List.of("(`a b`), bold; `c`: so it is, `d`.\"`e`\" x"),
        text(false, 80).lines(MARKS, "", ""));
  }

  @Test
  void coloursReplaceTheMarks() {
    assertEquals(
        List.of("(<a> <b>), <bold>; <c>: so it is, <d>.\"<e>\" x"),
        text(true, 80).lines(MARKS, "", "").stream()
            .map(Style::rendered)
            .map(line -> line.replace("\u001b[1m", "<").replace("\u001b[0m", ">"))
            .toList());
  }

  @Test
  void whatIsGluedStaysOnOneLine() {
    for (int columns = 8; columns < 40; columns++) {
      for (String line : text(false, columns).lines("one two (`three`), four", "", "  ")) {
        assertEquals(line.contains("three"), line.contains("(`three`),"), line);
      }
    }
  }

  @Test
  void aLineIsAsLongAsItMayBe() {
    assertEquals(
        List.of("- one two", "  three", "  four"),
        text(false, 9).lines("one two three four", "- ", "  "));
    assertEquals(List.of("- one", "  two"), text(false, 8).lines("one two", "- ", "  "));
    assertEquals(List.of("tremendous", "a"), text(false, 5).lines("tremendous a", "", ""));
  }

  @Test
  void aTextOfATargetHasNoMarks() {
    assertEquals(List.of("`a` *b* [c](d)"), text(false, 80).plainLines("`a` *b* [c](d)", "", ""));
  }

  private static WrappedText text(boolean color, int columns) {
    return new WrappedText(Style.of(color), columns);
  }
}
