package io.pipelab.local.accessanalyzer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, and where it stands in its text.
 *
 * @param text of a scalar; null for objects and lists
 * @param string whether it is a JSON string
 * @param members of an object; null when it is none
 * @param items of a list; null when it is none
 */
record Located(
    Place start,
    Place end,
    @Nullable String text,
    boolean string,
    @Nullable Map<String, Located> members,
    @Nullable List<Located> items) {
  /** A place: lines count from 1, columns and offsets from 0. */
  record Place(int line, int column, int offset) {
    static Place of(JsonLocation location) {
      return new Place(
          location.getLineNr(), location.getColumnNr() - 1, (int) location.getCharOffset());
    }
  }

  private static final JsonFactory JSON =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * Reads a text.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException when it is not JSON
   */
  static Located read(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      Located value = value(parser);
      parser.nextToken(); // what stands behind the value is a mistake, too
      return value;
    }
  }

  /** The names of an object's members; none of what is no object. */
  Set<String> names() {
    return members == null ? Set.of() : members.keySet();
  }

  /** A member of an object; null when it has none of that name. */
  @Nullable Located member(String name) {
    return members == null ? null : members.get(name);
  }

  private static Located value(JsonParser parser) throws IOException {
    Place start = Place.of(parser.currentTokenLocation());
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Located> members = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, value(parser));
      }
      return new Located(start, end(parser), null, false, members, null);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Located> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
        items.add(value(parser));
      }
      return new Located(start, end(parser), null, false, null, items);
    }
    String text = parser.getText();
    boolean string = token == JsonToken.VALUE_STRING;
    return new Located(start, end(parser), text == null ? "" : text, string, null, null);
  }

  private static Place end(JsonParser parser) throws IOException {
    parser.finishToken();
    return Place.of(parser.currentLocation());
  }
}
