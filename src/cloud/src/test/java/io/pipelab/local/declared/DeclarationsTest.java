package io.pipelab.local.declared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {
  private static Map<String, Member> members(String... lines) {
    return Declarations.parse("A\n  " + String.join("\n  ", lines)).of("A").orElseThrow().members();
  }

  @Test
  void blocksAreFoundInAnyCaseAndCommentsAreNone() {
    Declarations file =
        Declarations.parse("# words\n# more\n\nGetA\n\n\nPutDBThing\n  honours Name\n");
    assertEquals(
        List.of("GetA", "PutDBThing"), file.all().stream().map(ActionDeclaration::name).toList());
    assertEquals("PutDBThing", file.of("PutDbThing").orElseThrow().name());
    assertTrue(file.of("Other").isEmpty());
  }

  @Test
  void linesOfOneStructureAddUp() {
    Map<String, Member> read =
        members("honours a b{c d{e}}", "harmless t b{x}", "default b{d{f=\"p q\"|}} n=1|2");
    assertEquals(Set.of("a", "b", "n", "t"), read.keySet());
    Member b = read.get("b");
    assertEquals(Set.of("c", "d", "x"), b.below().keySet());
    assertEquals(Member.Use.HARMLESS, b.below().get("x").use());
    assertEquals(Set.of("p q", ""), b.below().get("d").below().get("f").values());
    assertEquals(Set.of("1", "2"), read.get("n").values());
    assertEquals(Member.Use.HARMLESS, read.get("t").use());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "honours a{b",
        "honours a}",
        "honours a{}",
        "honours a=1",
        "honours a a",
        "default a",
        "default a=\"x",
        "honors a",
        "honours {a}"
      })
  void whatIsMalformedIsRefused(String line) {
    String message = assertThrows(IllegalArgumentException.class, () -> members(line)).getMessage();
    assertTrue(message.startsWith("A: "), message);
  }

  @Test
  void aMemberIsDeclaredOnce() {
    assertThrows(IllegalArgumentException.class, () -> members("honours a", "harmless a"));
    assertThrows(IllegalArgumentException.class, () -> members("honours a", "default a{b=1}"));
    assertThrows(IllegalArgumentException.class, () -> Declarations.parse("A\n\na\n"));
    assertThrows(IllegalArgumentException.class, () -> Declarations.parse("A\nB\n").all());
  }
}
