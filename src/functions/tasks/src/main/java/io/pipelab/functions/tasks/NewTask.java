package io.pipelab.functions.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** What a client posts. */
record NewTask(String title, @Nullable String description) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TITLE = 255;
  private static final int MOST_DESCRIPTION = 16_000;

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static NewTask read(String body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("the body is not a JSON object");
    }
    JsonNode title = node.path("title");
    JsonNode description = node.path("description");
    if (!title.isTextual() || title.textValue().isBlank()) {
      throw new IllegalArgumentException("title is missing");
    }
    if (title.textValue().length() > MOST_TITLE) {
      throw new IllegalArgumentException("title has more than " + MOST_TITLE + " characters");
    }
    if (!description.isTextual() && !description.isNull() && !description.isMissingNode()) {
      throw new IllegalArgumentException("description is not a text");
    }
    if (description.asText().length() > MOST_DESCRIPTION) {
      throw new IllegalArgumentException(
          "description has more than " + MOST_DESCRIPTION + " characters");
    }
    return new NewTask(title.textValue(), description.textValue());
  }
}
