package io.pipelab.drive.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One layer of a message's body. */
public sealed interface Unfolded {
  /**
   * Something that a service wrote around, or instead of, what a program wrote.
   *
   * @param kind which: {@code SNS notification}, {@code S3 event}
   * @param facts what it says of itself, in the order to be shown
   * @param inside what it holds, each unfolded; empty when the facts are all
   */
  record Envelope(String kind, Map<String, String> facts, List<Unfolded> inside)
      implements Unfolded {}

  /** A JSON object or array of no service that is known here. */
  record Json(JsonNode value) implements Unfolded {}

  /**
   * Any other text; a number alone is a text, too.
   *
   * @param broken why it is not JSON, for a text that begins as JSON does
   */
  record Text(String text, @Nullable String broken) implements Unfolded {}
}
