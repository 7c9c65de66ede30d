package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of queues.
 *
 * @param next the token for the page after it, or null
 */
record QueuePage(List<String> urls, @Nullable String next) {
  private static final int MAX = 1000;

  /**
   * Cuts a list that is sorted by name.
   *
   * @param maxResults 1 to 1000; without it there is no token, as with SQS
   * @throws AwsError InvalidParameterValue
   */
  static QueuePage of(List<Queue> queues, @Nullable Integer maxResults, @Nullable String token) {
    if (maxResults != null && (maxResults < 1 || maxResults > MAX)) {
      throw MessageRules.invalid("MaxResults must be an integer between 1 and 1000.");
    }
    String after = token == null ? "" : decode(token);
    List<Queue> rest = queues.stream().filter(queue -> queue.name.compareTo(after) > 0).toList();
    int size = Math.min(rest.size(), maxResults == null ? MAX : maxResults);
    String next = maxResults != null && size < rest.size() ? encode(rest.get(size - 1).name) : null;
    return new QueuePage(rest.subList(0, size).stream().map(queue -> queue.url).toList(), next);
  }

  private static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw MessageRules.invalid("Invalid or expired next token.");
    }
  }
}
