package io.pipelab.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PagedReadTest {
  private static final int SMALL = 225;
  private static final int LARGEST = 400 * 1024;

  /** How many items each bite asked for. */
  private final List<Integer> asked = new ArrayList<>();

  @Test
  void aPageOfSmallItemsEndsAtAMegabyteAndNoBiteIsLarge() {
    ReadPage<Integer> page = read(100_000, SMALL, null, null);
    assertEquals(PagedRead.PAGE_BYTES / SMALL, page.scanned(), 40);
    assertEquals(page.scanned(), page.next());
    assertEquals(page.scanned(), page.items().size());
    assertTrue(asked.stream().allMatch(each -> each <= 256), asked::toString);
  }

  @Test
  void largeItemsAreReadInSmallerBites() {
    read(1000, LARGEST, null, null);
    assertEquals(List.of(16), asked);
  }

  @Test
  void pagesThatFollowEachOtherReadEachItemOnce() {
    int items = 0;
    Integer from = null;
    do {
      ReadPage<Integer> page = read(20_000, SMALL, null, from);
      items += page.scanned();
      from = page.next();
    } while (from != null);
    assertEquals(20_000, items);
  }

  @Test
  void aLimitIsKeptExactly() {
    ReadPage<Integer> page = read(100_000, SMALL, 1234, null);
    assertEquals(1234, page.scanned());
    assertEquals(1234, page.next());
    assertEquals(5, read(100_000, SMALL, 5, null).scanned());
  }

  @Test
  void theEndHasNoNext() {
    ReadPage<Integer> page = read(20, SMALL, null, null);
    assertEquals(20, page.scanned());
    assertNull(page.next());
  }

  private ReadPage<Integer> read(
      int items, int size, @Nullable Integer limit, @Nullable Integer from) {
    return PagedRead.of(
        (most, start) -> {
          asked.add(most);
          int first = start == null ? 0 : start;
          int end = Math.min(items, first + most);
          List<Map<String, AttributeValue>> read = Collections.nCopies(end - first, Map.of());
          return new ReadPage<>(
              read,
              end - first,
              end - first,
              end == items ? null : end,
              (long) (end - first) * size,
              null);
        },
        limit,
        from);
  }
}
