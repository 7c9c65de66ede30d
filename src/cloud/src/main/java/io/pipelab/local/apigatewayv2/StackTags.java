package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.ResourceRequest;

/** Properties of a resource with the stack's tags among its own, whose values win. */
final class StackTags {
  private StackTags() {}

  static ObjectNode among(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    ObjectNode tags = properties.objectNode();
    request.stackTags().forEach(tags::put);
    if (properties.path("Tags") instanceof ObjectNode own) {
      tags.setAll(own);
    }
    if (!tags.isEmpty()) {
      properties.set("Tags", tags);
    }
    return properties;
  }
}
