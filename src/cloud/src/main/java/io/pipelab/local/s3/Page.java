package io.pipelab.local.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing: entries in the order of their keys, and those that share a prefix up to
 * the delimiter as one.
 *
 * @param last the last key or common prefix of a page that is not the last one, else null
 */
record Page<T>(List<T> entries, List<String> commonPrefixes, @Nullable String last) {

  /**
   * Cuts a page.
   *
   * @param all everything, in order; an entry may have a key several times
   * @param after only what comes behind this key or common prefix; empty for all
   * @param most how many entries and common prefixes together
   */
  static <T> Page<T> of(List<T> all, Function<T, String> key, Query query, String after, int most) {
    List<T> entries = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = null;
    for (T each : all) {
      String name = key.apply(each);
      String common = query.commonPrefix(name);
      String listed = common == null ? name : common;
      if (!name.startsWith(query.prefix()) || query.isDone(name, listed, after)) {
        continue;
      }
      if (common != null && prefixes.contains(common)) {
        continue;
      }
      if (entries.size() + prefixes.size() == most) {
        return new Page<>(entries, prefixes, most == 0 ? null : last);
      }
      if (common == null) {
        entries.add(each);
      } else {
        prefixes.add(common);
      }
      last = listed;
    }
    return new Page<>(entries, prefixes, null);
  }

  boolean truncated() {
    return last != null;
  }

  /** What a listing asks for; null is the empty text. */
  record Query(String prefix, String delimiter) {
    static Query of(@Nullable String prefix, @Nullable String delimiter) {
      return new Query(prefix == null ? "" : prefix, delimiter == null ? "" : delimiter);
    }

    /** The key up to the first delimiter behind the prefix, or null when there is none. */
    @Nullable String commonPrefix(String key) {
      if (delimiter.isEmpty() || !key.startsWith(prefix)) {
        return null;
      }
      int cut = key.indexOf(delimiter, prefix.length());
      return cut < 0 ? null : key.substring(0, cut + delimiter.length());
    }

    /** Whether an earlier page had it. */
    boolean isDone(String key, String listed, String after) {
      if (after.isEmpty()) {
        return false;
      }
      boolean within = !delimiter.isEmpty() && after.endsWith(delimiter) && listed.equals(after);
      return within || Bucket.UTF_8_ORDER.compare(key, after) <= 0;
    }
  }
}
