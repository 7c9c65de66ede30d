package io.pipelab.local.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 250).boxed().toList();

  @Test
  void pagesJoinToTheWholeList() {
    List<Integer> seen = new ArrayList<>();
    String token = null;
    do {
      Page<Integer> page = Page.of(NUMBERS, token);
      seen.addAll(page.items());
      token = page.next();
    } while (token != null);
    assertEquals(NUMBERS, seen);
  }

  @Test
  void aListThatGrowsIsShownFromItsEndWithoutARepeat() {
    Page<Integer> first = Page.newestFirst(NUMBERS, null);
    assertEquals(249, first.items().get(0));
    List<Integer> grown = new ArrayList<>(NUMBERS);
    grown.add(250);
    Page<Integer> second = Page.newestFirst(grown, first.next());
    assertEquals(149, second.items().get(0));
    assertNotNull(second.next());
    Page<Integer> last = Page.newestFirst(grown, second.next());
    assertEquals(0, last.items().get(last.items().size() - 1));
    assertNull(last.next());
  }

  @Test
  void aSizeIsKeptWithinItsBounds() {
    assertEquals(1, Page.of(NUMBERS, null, -42, 10).items().size());
    assertEquals(10, Page.of(NUMBERS, null, 1000, 10).items().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"offset:-1", "offset:", "offset:99999999999", "other:5", "5"})
  void aTokenOfSomebodyElseIsRefused(String text) {
    String token = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    AwsError error = assertThrows(AwsError.class, () -> Page.of(NUMBERS, token));
    assertEquals("ValidationError", error.code());
    assertThrows(AwsError.class, () -> Page.newestFirst(NUMBERS, token));
    assertThrows(AwsError.class, () -> Page.of(NUMBERS, "%"));
  }
}
