package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import java.util.HashMap;
import java.util.Map;

/** A resource's tags: the stack's, and its own over them. */
final class Tags {
  private Tags() {}

  static Map<String, String> of(ResourceRequest request) {
    Map<String, String> tags = new HashMap<>(request.stackTags());
    for (JsonNode tag : request.properties().path("Tags")) {
      tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
    return tags;
  }
}
