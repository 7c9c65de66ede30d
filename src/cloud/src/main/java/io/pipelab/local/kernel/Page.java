package io.pipelab.local.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next the token for the page that follows, or null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
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
    byte[] text = ("offset:" + offset).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseInt(text.substring("offset:".length()));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw AwsError.badRequest("ValidationError", "The pagination token is invalid: " + token);
    }
  }
}
