package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as targets see it (EventBridge User Guide, "AWS service event metadata").
 *
 * @param traceHeader of the call that put it
 */
record Event(ObjectNode json, Instant ingested, @Nullable String traceHeader) {
  /** What an event is about. */
  record About(String source, String detailType, List<String> resources, JsonNode detail) {}

  static Event of(
      CloudIdentity identity, About about, Instant time, Instant now, @Nullable String trace) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "0");
    json.put("id", UUID.randomUUID().toString());
    json.put("detail-type", about.detailType());
    json.put("source", about.source());
    json.put("account", identity.account());
    json.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("region", identity.region());
    about.resources().forEach(json.putArray("resources")::add);
    json.set("detail", about.detail());
    return new Event(json, now, trace);
  }

  String id() {
    return json.path("id").asText();
  }
}
