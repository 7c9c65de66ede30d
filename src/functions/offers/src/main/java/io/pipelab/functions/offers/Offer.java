package io.pipelab.functions.offers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One job offer: eleven texts, of which id and city are the table's key.
 *
 * @param values by column, in the order of {@link #COLUMNS}
 */
record Offer(Map<String, String> values) {
  /** The columns of the files, the members of the messages, the attributes of the items. */
  static final List<String> COLUMNS =
      List.of(
          "id",
          "city",
          "company_name",
          "title",
          "url",
          "contract_type",
          "company_sector",
          "user_experience",
          "keyword",
          "created_date",
          "provider");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What DynamoDB takes as a partition key and as a sort key, in bytes of UTF-8. */
  private static final int MOST_ID_BYTES = 2048;

  private static final int MOST_CITY_BYTES = 1024;

  /** An offer with exactly the eleven columns; those that are not given are empty. */
  static Offer of(Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    COLUMNS.forEach(column -> values.put(column, given.getOrDefault(column, "")));
    return new Offer(values);
  }

  String id() {
    return values.getOrDefault("id", "");
  }

  String city() {
    return values.getOrDefault("city", "");
  }

  /** Why the table would not take it, or null. */
  @Nullable String fault() {
    if (id().isEmpty() || city().isEmpty()) {
      return id().isEmpty() && city().isEmpty()
          ? "no id, no city"
          : id().isEmpty() ? "no id" : "no city";
    }
    if (id().getBytes(StandardCharsets.UTF_8).length > MOST_ID_BYTES) {
      return "an id of more than " + MOST_ID_BYTES + " bytes";
    }
    return city().getBytes(StandardCharsets.UTF_8).length > MOST_CITY_BYTES
        ? "a city of more than " + MOST_CITY_BYTES + " bytes"
        : null;
  }

  /** The message of one row. */
  String json() {
    return node().toString();
  }

  ObjectNode node() {
    ObjectNode node = JSON.createObjectNode();
    values.forEach(node::put);
    return node;
  }

  Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    values.forEach((column, value) -> item.put(column, AttributeValue.fromS(value)));
    return item;
  }

  static Offer ofItem(Map<String, AttributeValue> item) {
    Map<String, String> values = new LinkedHashMap<>();
    item.forEach((name, value) -> values.put(name, value.s() == null ? value.n() : value.s()));
    return of(values);
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException that says why it is not an offer
   */
  static Offer ofMessage(String body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the message is not JSON");
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("the message is not JSON object");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!COLUMNS.contains(each.getKey()) || !each.getValue().isTextual()) {
        throw new IllegalArgumentException(each.getKey() + " is not a text of a job offer");
      }
      values.put(each.getKey(), each.getValue().textValue());
    }
    if (values.size() < COLUMNS.size()) {
      throw new IllegalArgumentException("the message has not all of " + COLUMNS);
    }
    Offer offer = of(values);
    String fault = offer.fault();
    if (fault != null) {
      throw new IllegalArgumentException("the offer has " + fault);
    }
    return offer;
  }
}
