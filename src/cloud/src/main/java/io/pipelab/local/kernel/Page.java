package io.pipelab.local.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next the token for the page that follows, or null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
  /** What most actions give at once. */
  private static final int HUNDRED = 100;

  private static final String PREFIX = "offset:";

  /**
   * Cuts a page of a hundred out of a whole listing, as {@link #of(List, String, Integer, int)}.
   */
  public static <T> Page<T> of(List<T> all, @Nullable String token) {
    return of(all, token, null, HUNDRED);
  }

  /**
   * A page of a hundred of a list that grows at its end and is shown from there: the token counts
   * from the start, so that it stays right while the list grows.
   *
   * @throws AwsError ValidationError when the token is none of ours
   */
  public static <T> Page<T> newestFirst(List<T> oldestFirst, @Nullable String token) {
    int to =
        token == null || token.isEmpty()
            ? oldestFirst.size()
            : Math.min(oldestFirst.size(), offset(token));
    int from = Math.max(0, to - HUNDRED);
    List<T> page = new ArrayList<>(oldestFirst.subList(from, to));
    Collections.reverse(page);
    return new Page<>(page, from > 0 ? token(from) : null);
  }

  /**
   * Cuts a page out of a whole listing.
   *
   * @param token what the page before gave as {@code next}, or null for the first page
   * @param size how many items at most; null for {@code most}
   * @param most the action's own maximum
   * @throws AwsError ValidationError when the token is none of ours
   */
  public static <T> Page<T> of(
      List<T> all, @Nullable String token, @Nullable Integer size, int most) {
    int from = token == null || token.isEmpty() ? 0 : offset(token);
    int to = Math.min(all.size(), from + Math.min(size == null ? most : Math.max(1, size), most));
    if (from > all.size()) {
      return new Page<>(List.of(), null);
    }
    return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? token(to) : null);
  }

  private static String token(int offset) {
    byte[] text = (PREFIX + offset).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.matches(PREFIX + "\\d+")) {
        return Integer.parseInt(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException e) {
      throw invalid(token);
    }
    throw invalid(token);
  }

  private static AwsError invalid(String token) {
    return AwsError.badRequest("ValidationError", "The pagination token is invalid: " + token);
  }
}
