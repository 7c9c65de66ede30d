package io.pipelab.drive.envelope;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON so that it can be shown as it was written: numbers keep their digits. */
public final class ExactJson {
  /** Deeper than any envelope; a body can be nested as deep as it is long. */
  private static final int DEEPEST = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
  }

  private ExactJson() {}

  /**
   * Reads a text that holds one JSON value and nothing else.
   *
   * @throws JsonProcessingException says where it is not JSON
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    JsonNode value = MAPPER.readTree(text);
    if (value.isMissingNode()) {
      throw new JsonParseException(null, "there is no value");
    }
    return value;
  }

  /** Why a text is not JSON, in one line. */
  public static String why(JsonProcessingException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    line = line.replaceFirst(" \\(start marker at .*", "");
    return e.getLocation() == null
        ? line
        : "line %d, column %d: %s"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), line);
  }

  /** The value over several lines. */
  public static String pretty(JsonNode value) {
    return value.toPrettyString();
  }
}
