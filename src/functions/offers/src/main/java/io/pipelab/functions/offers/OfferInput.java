package io.pipelab.functions.offers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client sent as an offer, and what is wrong with it.
 *
 * @param errors one text a fault; empty when it can be taken
 */
record OfferInput(Map<String, String> values, List<String> errors) {
  static final List<String> REQUIRED = List.of("city", "company_name", "title", "contract_type");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a body.
   *
   * @param whole whether all required members must be there; otherwise those that are there must
   *     not be empty
   */
  static OfferInput read(String body, boolean whole) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return new OfferInput(Map.of(), List.of("the body is not JSON"));
    }
    if (!node.isObject()) {
      return new OfferInput(Map.of(), List.of("the body is not JSON object"));
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<String> errors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!Offer.COLUMNS.contains(each.getKey())) {
        errors.add(each.getKey() + " is unknown");
      } else if (!each.getValue().isTextual()) {
        errors.add(each.getKey() + " must be a text");
      } else {
        values.put(each.getKey(), each.getValue().textValue());
      }
    }
    for (String required : REQUIRED) {
      boolean there = node.has(required);
      boolean blank = values.getOrDefault(required, there ? "?" : "").isBlank();
      if (blank && (there || whole)) {
        errors.add(required + " is required");
      }
    }
    if (values.containsKey("id") && values.getOrDefault("id", "").isBlank()) {
      errors.add("id must not be empty");
    }
    return new OfferInput(values, errors);
  }
}
