package io.pipelab.verify.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Keeps the loads of a lab, one record each. */
public final class KeptLoads implements Loads {
  private static final String PREFIX = "pipelab/loads/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordStore store;
  private final Births births;

  public KeptLoads(RecordStore store, Births births) {
    this.store = store;
    this.births = births;
  }

  @Override
  public List<LoadRecord> all() {
    return store.keys(PREFIX).stream()
        .map(this::read)
        .filter(load -> births.isOf(load.queueUrl(), load.startedAt()))
        .sorted(Comparator.comparing(LoadRecord::startedAt))
        .toList();
  }

  @Override
  public void add(LoadRecord load) {
    store.write(PREFIX + load.runId() + ".json", toJson(load));
  }

  private LoadRecord read(String key) {
    try {
      return fromJson(JSON.readTree(store.read(key)));
    } catch (IOException e) {
      throw new UncheckedIOException(store.place(key) + " is not a record of a load", e);
    }
  }

  private static String toJson(LoadRecord load) {
    ObjectNode json = JSON.createObjectNode();
    json.put("runId", load.runId());
    json.put("queueUrl", load.queueUrl());
    json.put("asked", load.asked());
    json.put("sent", load.sent());
    json.put("uncertain", load.uncertain());
    json.put("poison", load.poison());
    json.put("backlogBefore", load.backlogBefore());
    json.put("items", load.items());
    json.put("startedAt", load.startedAt().toString());
    json.put("finishedAt", load.finishedAt().toString());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LoadRecord fromJson(JsonNode json) {
    return new LoadRecord(
        json.path("runId").asText(),
        json.path("queueUrl").asText(),
        json.path("asked").asLong(),
        json.path("sent").asLong(),
        json.path("uncertain").asLong(),
        json.path("poison").asLong(),
        json.path("backlogBefore").asLong(),
        json.path("items").asLong(),
        Instant.parse(json.path("startedAt").asText()),
        Instant.parse(json.path("finishedAt").asText()));
  }
}
