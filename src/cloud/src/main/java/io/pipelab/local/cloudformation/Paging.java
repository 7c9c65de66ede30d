package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.template.Invalid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextToken null on the last page
 */
record Paging<T>(List<T> items, @Nullable String nextToken) {
  private static final int SIZE = 100;

  /** The page that a token asks for, the first one for null. */
  static <T> Paging<T> of(List<T> all, @Nullable String token) {
    int from = index(token, all.size());
    int to = Math.min(from + SIZE, all.size());
    return new Paging<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
  }

  /**
   * A page of a list that grows at its end and is shown from there: the token counts from the
   * start, so that it stays right while the list grows.
   */
  static <T> Paging<T> newestFirst(List<T> oldestFirst, @Nullable String token) {
    int to = token == null ? oldestFirst.size() : index(token, oldestFirst.size());
    int from = Math.max(0, to - SIZE);
    List<T> page = new ArrayList<>(oldestFirst.subList(from, to));
    Collections.reverse(page);
    return new Paging<>(page, from > 0 ? Integer.toString(from) : null);
  }

  private static int index(@Nullable String token, int size) {
    if (token == null) {
      return 0;
    }
    try {
      int index = Integer.parseInt(token);
      if (index >= 0 && index <= size) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw Invalid.request("NextToken is invalid");
    }
    throw Invalid.request("NextToken is invalid");
  }
}
