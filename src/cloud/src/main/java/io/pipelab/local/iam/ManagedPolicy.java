package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A managed policy; changes make a new value.
 *
 * @param versions documents by version number; AWS keeps at most five
 * @param defaultVersion the version in force
 */
record ManagedPolicy(
    String path,
    String name,
    String id,
    String arn,
    Instant created,
    String description,
    Map<String, String> tags,
    TreeMap<Integer, JsonNode> versions,
    int defaultVersion) {

  JsonNode document() {
    return Objects.requireNonNull(versions.get(defaultVersion));
  }

  ManagedPolicy withVersion(JsonNode document, boolean asDefault) {
    TreeMap<Integer, JsonNode> more = new TreeMap<>(versions);
    int number = versions.lastKey() + 1;
    more.put(number, document);
    return with(more, asDefault ? number : defaultVersion);
  }

  ManagedPolicy withoutVersion(int number) {
    TreeMap<Integer, JsonNode> fewer = new TreeMap<>(versions);
    fewer.remove(number);
    return with(fewer, defaultVersion);
  }

  ManagedPolicy with(TreeMap<Integer, JsonNode> all, int inForce) {
    return new ManagedPolicy(path, name, id, arn, created, description, tags, all, inForce);
  }
}
