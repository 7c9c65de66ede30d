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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps the loads in the lab's artifact bucket, one object each: there they are seen from every
 * machine, and are gone exactly when the lab is.
 */
public final class BucketLoads implements Loads {
  private static final String PREFIX = "pipelab/loads/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final String bucket;

  public BucketLoads(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public List<LoadRecord> all() {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(PREFIX)).contents().stream()
        .map(S3Object::key)
        .map(this::read)
        .sorted(Comparator.comparing(LoadRecord::startedAt))
        .toList();
  }

  @Override
  public void add(LoadRecord load) {
    s3.putObject(
        put ->
            put.bucket(bucket).key(PREFIX + load.runId() + ".json").contentType("application/json"),
        RequestBody.fromString(toJson(load)));
  }

  private LoadRecord read(String key) {
    byte[] bytes = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
    try {
      return fromJson(JSON.readTree(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "s3://" + bucket + "/" + key + " is not a record of a load", e);
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
