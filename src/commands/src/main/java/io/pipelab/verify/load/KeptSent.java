package io.pipelab.verify.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.verify.load.Sent.Drill;
import io.pipelab.verify.load.Sent.Files;
import io.pipelab.verify.load.Sent.Message;
import io.pipelab.verify.load.Sent.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what else was sent into a lab, one record each, beside the loads. */
public final class KeptSent implements SentLog {
  private static final String PREFIX = "pipelab/sent/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordStore store;
  private final Births births;

  public KeptSent(RecordStore store, Births births) {
    this.store = store;
    this.births = births;
  }

  @Override
  public List<Sent> all() {
    return store.keys(PREFIX).stream()
        .map(this::read)
        .filter(sent -> births.isOf(where(sent), sent.startedAt()))
        .sorted(Comparator.comparing(Sent::startedAt))
        .toList();
  }

  @Override
  public void add(Sent sent) {
    ObjectNode json;
    if (sent instanceof Files files) {
      json = json(files);
    } else if (sent instanceof Drill drill) {
      json = json(drill);
    } else {
      json = json((Message) sent);
    }
    String key = PREFIX + sent.runId() + "-" + json.path("kind").asText() + ".json";
    store.write(key, json.toPrettyString());
  }

  private static String where(Sent sent) {
    if (sent instanceof Drill drill) {
      return drill.subject();
    }
    return sent instanceof Files files ? files.bucket() : ((Message) sent).topic();
  }

  private static ObjectNode json(Files sent) {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", "files").put("runId", sent.runId()).put("bucket", sent.bucket());
    json.put("asked", sent.asked());
    ArrayNode files = json.putArray("files");
    for (StoredFile file : sent.files()) {
      files.addObject().put("key", file.key()).put("bytes", file.bytes()).put("etag", file.etag());
    }
    return json.put("startedAt", sent.startedAt().toString())
        .put("finishedAt", sent.finishedAt().toString());
  }

  private static ObjectNode json(Message sent) {
    return JSON.createObjectNode()
        .put("kind", "message")
        .put("runId", sent.runId())
        .put("topic", sent.topic())
        .put("messageId", sent.messageId())
        .put("text", sent.text())
        .put("startedAt", sent.startedAt().toString());
  }

  private static ObjectNode json(Drill sent) {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", "drill").put("runId", sent.runId()).put("drill", sent.drill());
    ObjectNode seen = json.put("subject", sent.subject()).putObject("seen");
    sent.seen().forEach(seen::put);
    return json.put("startedAt", sent.startedAt().toString());
  }

  private static Drill drill(JsonNode json) {
    Map<String, String> seen = new LinkedHashMap<>();
    json.path("seen")
        .properties()
        .forEach(each -> seen.put(each.getKey(), each.getValue().asText()));
    return new Drill(
        json.path("runId").asText(),
        json.path("drill").asText(),
        json.path("subject").asText(),
        seen,
        Instant.parse(json.path("startedAt").asText()));
  }

  private Sent read(String key) {
    try {
      JsonNode json = JSON.readTree(store.read(key));
      if (json.path("kind").asText().equals("drill")) {
        return drill(json);
      }
      return json.path("kind").asText().equals("files") ? files(json) : message(json);
    } catch (IOException e) {
      throw new UncheckedIOException(store.place(key) + " is not a record of what was sent", e);
    }
  }

  private static Files files(JsonNode json) {
    List<StoredFile> files = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      files.add(
          new StoredFile(
              file.path("key").asText(), file.path("bytes").asLong(), file.path("etag").asText()));
    }
    return new Files(
        json.path("runId").asText(),
        json.path("bucket").asText(),
        json.path("asked").asInt(),
        files,
        Instant.parse(json.path("startedAt").asText()),
        Instant.parse(json.path("finishedAt").asText()));
  }

  private static Message message(JsonNode json) {
    return new Message(
        json.path("runId").asText(),
        json.path("topic").asText(),
        json.path("messageId").asText(),
        json.path("text").asText(),
        Instant.parse(json.path("startedAt").asText()));
  }
}
