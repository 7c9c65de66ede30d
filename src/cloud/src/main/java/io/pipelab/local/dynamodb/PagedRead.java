package io.pipelab.local.dynamodb;

import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a table in small bites. DynamoDB ends a page at 1 MB (Amazon DynamoDB Developer
 * Guide, "Scanning tables", "Paginating the results"); the engine does too, but only after it has
 * collected in memory every item behind the start, or as many as a Limit allows.
 */
final class PagedRead {
  /** Where DynamoDB ends a page. */
  static final long PAGE_BYTES = 1024 * 1024;

  /** An item has 400 KB at most: so many at once are 100 MB at most, and mostly a part of it. */
  private static final int MOST_AT_ONCE = 256;

  private static final int FIRST = 16;
  private static final int GROWTH = 4;

  /** Reads so many items from the engine, and says how many bytes that were. */
  @FunctionalInterface
  interface Bite<K> {
    ReadPage<K> read(int limit, @Nullable K from);
  }

  private PagedRead() {}

  /**
   * Reads a page.
   *
   * @param limit how many items are wanted at most; null for as many as a page holds
   */
  static <K> ReadPage<K> of(Bite<K> bites, @Nullable Integer limit, @Nullable K from) {
    int wanted = limit == null ? Integer.MAX_VALUE : limit;
    int asked = Math.min(FIRST, wanted);
    ReadPage<K> page = bites.read(asked, from);
    ReadPage<K> last = page;
    while (last.next() != null && last.scanned() == asked && page.scanned() < wanted) {
      long bytes = page.bytes();
      if (bytes >= PAGE_BYTES) {
        break;
      }
      long fit = (PAGE_BYTES - bytes) * page.scanned() / Math.max(1, bytes) + 1;
      int most = Math.min(Math.min(asked * GROWTH, MOST_AT_ONCE), wanted - page.scanned());
      asked = (int) Math.min(fit, most);
      last = bites.read(asked, last.next());
      page = page.and(last);
    }
    return page;
  }
}
