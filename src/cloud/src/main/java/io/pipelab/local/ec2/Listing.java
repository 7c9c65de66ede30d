package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a Describe action, in the order of the ids: a page is right however much comes and
 * goes between two calls.
 *
 * @param next the token for the page that follows, or null on the last one
 */
record Listing<T>(List<T> items, @Nullable String next) {
  /** What EC2 gives at most at once. */
  private static final int MOST = 1000;

  private static final int LEAST = 5;

  /**
   * Cuts a page out of what was selected.
   *
   * @param max MaxResults, null for all of up to a thousand
   * @param token NextToken
   * @throws AwsError InvalidParameterValue for a token that is none of ours, or too small a page
   */
  static <T> Listing<T> of(
      List<T> all, Function<T, String> id, @Nullable Integer max, @Nullable String token) {
    if (max != null && max < LEAST) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "Value ( "
              + max
              + " ) for parameter maxResults is invalid. Expecting a value greater than or equal to"
              + " 5.");
    }
    String after = token == null || token.isEmpty() ? "" : read(token);
    List<T> rest =
        all.stream()
            .sorted(Comparator.comparing(id))
            .filter(each -> id.apply(each).compareTo(after) > 0)
            .toList();
    int size = max == null ? MOST : Math.min(max, MOST);
    if (rest.size() <= size) {
      return new Listing<>(rest, null);
    }
    List<T> page = rest.subList(0, size);
    byte[] last = id.apply(page.get(size - 1)).getBytes(StandardCharsets.UTF_8);
    return new Listing<>(List.copyOf(page), Base64.getUrlEncoder().encodeToString(last));
  }

  private static String read(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "Unable to parse pagination token: " + token);
    }
  }
}
