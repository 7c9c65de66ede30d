package io.pipelab.local.iam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.Position;

/** Where the statements of a policy stand in its text. */
final class StatementPlaces {
  /** From the brace that opens a statement to the one that closes it. */
  record Place(Position start, Position end) {}

  private static final JsonFactory JSON = new JsonFactory();

  private StatementPlaces() {}

  /** In the order of the statements, of which a single one needs no list. */
  static List<Place> of(String document) {
    List<Place> places = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean statements = parser.currentName().equals("Statement");
        JsonToken value = parser.nextToken();
        if (!statements) {
          parser.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
          places.add(place(parser));
        } else {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            places.add(place(parser));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // its grammar was looked at before
    }
    return places;
  }

  private static Place place(JsonParser parser) throws IOException {
    Position start = position(parser);
    parser.skipChildren();
    return new Place(start, position(parser));
  }

  private static Position position(JsonParser parser) {
    return Position.builder()
        .line(parser.currentTokenLocation().getLineNr())
        .column(parser.currentTokenLocation().getColumnNr())
        .build();
  }
}
