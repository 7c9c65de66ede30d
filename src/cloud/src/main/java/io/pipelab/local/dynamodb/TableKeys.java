package io.pipelab.local.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The keys of a table and of its indexes, and what DynamoDB says of items that do not fit them.
 *
 * @param types of the table's own keys, the hash key first
 * @param indexes their keys by index, the hash key first
 */
record TableKeys(Map<String, String> types, Map<String, Map<String, String>> indexes) {
  static final String NO_KEY = "The provided key element does not match the schema";

  private static final String INVALID = "One or more parameter values were invalid: ";

  static TableKeys of(TableDescription table) {
    Map<String, String> defined =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString));
    Map<String, Map<String, String>> indexes = new LinkedHashMap<>();
    table
        .globalSecondaryIndexes()
        .forEach(each -> indexes.put(each.indexName(), typed(each.keySchema(), defined)));
    table
        .localSecondaryIndexes()
        .forEach(each -> indexes.put(each.indexName(), typed(each.keySchema(), defined)));
    return new TableKeys(typed(table.keySchema(), defined), indexes);
  }

  private static Map<String, String> typed(
      List<KeySchemaElement> schema, Map<String, String> defined) {
    Map<String, String> types = new LinkedHashMap<>();
    schema.forEach(
        each -> types.put(each.attributeName(), String.valueOf(defined.get(each.attributeName()))));
    return types;
  }

  /** What is wrong with an item that is put, if something is. */
  Optional<String> item(Map<String, AttributeValue> item) {
    for (Map.Entry<String, String> key : types.entrySet()) {
      AttributeValue value = item.get(key.getKey());
      if (value == null) {
        return Optional.of(INVALID + "Missing the key " + key.getKey() + " in the item");
      }
      if (!key.getValue().equals(type(value))) {
        return Optional.of(
            INVALID
                + "Type mismatch for key "
                + key.getKey()
                + " expected: "
                + key.getValue()
                + " actual: "
                + type(value));
      }
    }
    return indexed(item);
  }

  /** What is wrong with attributes that an index has for keys, if something is. */
  Optional<String> indexed(Map<String, AttributeValue> item) {
    for (Map.Entry<String, Map<String, String>> index : indexes.entrySet()) {
      for (Map.Entry<String, String> key : index.getValue().entrySet()) {
        AttributeValue value = item.get(key.getKey());
        if (value != null && !key.getValue().equals(type(value))) {
          return Optional.of(
              INVALID
                  + "Type mismatch for Index Key "
                  + key.getKey()
                  + " Expected: "
                  + key.getValue()
                  + " Actual: "
                  + type(value)
                  + " IndexName: "
                  + index.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** What is wrong with the key of one item, if something is. */
  Optional<String> key(Map<String, AttributeValue> key) {
    boolean fits =
        key.size() == types.size()
            && types.entrySet().stream()
                .allMatch(each -> each.getValue().equals(type(key.get(each.getKey()))));
    return fits ? Optional.empty() : Optional.of(NO_KEY);
  }

  /**
   * What a key condition lacks, if something.
   *
   * @param index null for the table itself
   * @param named the attributes that the condition names
   */
  Optional<String> condition(@Nullable String index, List<String> named) {
    List<String> keys =
        new ArrayList<>(
            index == null ? types.keySet() : indexes.getOrDefault(index, types).keySet());
    for (String key : keys.subList(0, Math.min(keys.size(), Math.max(1, named.size())))) {
      if (!named.contains(key)) {
        return Optional.of("Query condition missed key schema element: " + key);
      }
    }
    return named.size() > keys.size()
        ? Optional.of("Query key condition not supported")
        : Optional.empty();
  }

  private static String type(@Nullable AttributeValue value) {
    return value == null ? "" : String.valueOf(value.type());
  }
}
