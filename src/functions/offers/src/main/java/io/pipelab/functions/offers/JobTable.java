package io.pipelab.functions.offers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The offers in the table, whose key is id and city. */
final class JobTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IS_THERE = "attribute_exists(id)";

  /**
   * One page of offers.
   *
   * @param next what asks for the next page, or null on the last one
   */
  record Page(List<Offer> offers, @Nullable String next) {}

  private final DynamoDbClient dynamoDb;
  private final String table;

  JobTable(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A page of all offers, in the table's own order.
   *
   * @param next what the page before gave, or null for the first one
   * @throws IllegalArgumentException when {@code next} is none of ours
   */
  Page page(int limit, @Nullable String next) {
    Map<String, AttributeValue> start = next == null ? Map.of() : key(next);
    ScanResponse scanned =
        dynamoDb.scan(
            r -> {
              r.tableName(table).limit(limit);
              if (!start.isEmpty()) {
                r.exclusiveStartKey(start);
              }
            });
    return new Page(
        scanned.items().stream().map(Offer::ofItem).toList(),
        scanned.hasLastEvaluatedKey() && !scanned.lastEvaluatedKey().isEmpty()
            ? token(scanned.lastEvaluatedKey())
            : null);
  }

  private static String token(Map<String, AttributeValue> key) {
    ObjectNode node = JSON.createObjectNode();
    key.forEach((name, value) -> node.put(name, value.s()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, AttributeValue> key(String token) {
    try {
      JsonNode node =
          JSON.readTree(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
      String id = node.path("id").asText();
      String city = node.path("city").asText();
      if (!id.isEmpty() && !city.isEmpty()) {
        return key(id, city);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("next is none of this API's", e);
    }
    throw new IllegalArgumentException("next is none of this API's");
  }

  private static Map<String, AttributeValue> key(String id, String city) {
    return Map.of("id", AttributeValue.fromS(id), "city", AttributeValue.fromS(city));
  }

  /**
   * The offer of an id; of several cities the first, unless one is named.
   *
   * @param city null for any
   */
  Optional<Offer> find(String id, @Nullable String city) {
    QueryResponse found =
        dynamoDb.query(
            r ->
                r.tableName(table)
                    .keyConditionExpression(city == null ? "id = :id" : "id = :id AND city = :city")
                    .expressionAttributeValues(
                        city == null
                            ? Map.of(":id", AttributeValue.fromS(id))
                            : Map.of(
                                ":id", AttributeValue.fromS(id),
                                ":city", AttributeValue.fromS(city)))
                    .consistentRead(true)
                    .limit(1));
    return found.items().stream().findFirst().map(Offer::ofItem);
  }

  /** Stores a new offer; false when there is one of that id and city. */
  boolean add(Offer offer) {
    try {
      dynamoDb.putItem(
          r ->
              r.tableName(table)
                  .item(offer.item())
                  .conditionExpression("attribute_not_exists(id)"));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /**
   * Puts one offer in another's place, at once when the city changes and with it the key; false
   * when the other is gone meanwhile.
   */
  boolean replace(Offer before, Offer after) {
    try {
      if (before.city().equals(after.city())) {
        dynamoDb.putItem(r -> r.tableName(table).item(after.item()).conditionExpression(IS_THERE));
      } else {
        move(before, after);
      }
      return true;
    } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
      return false;
    }
  }

  private void move(Offer before, Offer after) {
    TransactWriteItem gone =
        TransactWriteItem.builder()
            .delete(
                d ->
                    d.tableName(table)
                        .key(key(before.id(), before.city()))
                        .conditionExpression(IS_THERE))
            .build();
    TransactWriteItem made =
        TransactWriteItem.builder().put(p -> p.tableName(table).item(after.item())).build();
    dynamoDb.transactWriteItems(r -> r.transactItems(gone, made));
  }

  /** Deletes an offer; false when it is gone already. */
  boolean delete(Offer offer) {
    try {
      dynamoDb.deleteItem(
          r -> r.tableName(table).key(key(offer.id(), offer.city())).conditionExpression(IS_THERE));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
