package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Reads a JSON template and remembers where everything stood. */
final class JsonSource {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(SourceTree.MAX_DEPTH).build())
          .build();

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Map<String, Integer> lines = new HashMap<>();
  private final JsonParser parser;

  private JsonSource(JsonParser parser) {
    this.parser = parser;
  }

  static SourceTree read(String body) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      JsonSource source = new JsonSource(parser);
      parser.nextToken();
      JsonNode root = source.value("");
      if (parser.nextToken() != null) {
        var where = parser.currentTokenLocation();
        throw notWellFormed(where.getLineNr(), where.getColumnNr(), "text after the template");
      }
      return SourceTree.of(root, source.lines);
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw notWellFormed(
          where == null ? 1 : where.getLineNr(),
          where == null ? 1 : where.getColumnNr(),
          e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string has no I/O errors
    }
  }

  private static RuntimeException notWellFormed(int line, int column, String problem) {
    return Invalid.format(
        "JSON not well-formed. (line " + line + ", column " + column + "): " + problem);
  }

  private JsonNode value(String path) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? nodes.numberNode(parser.getBigIntegerValue())
              : nodes.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
      case VALUE_NULL ->
          throw Invalid.format("[" + path + "] 'null' values are not allowed in templates");
      default -> throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = nodes.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String below = path + "/" + name;
      lines.put(below, parser.currentTokenLocation().getLineNr());
      parser.nextToken();
      object.set(name, value(below));
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = nodes.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String below = path + "/" + array.size();
      lines.put(below, parser.currentTokenLocation().getLineNr());
      array.add(value(below));
    }
    return array;
  }
}
