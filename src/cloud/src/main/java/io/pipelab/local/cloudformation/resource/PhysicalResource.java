package io.pipelab.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A resource that exists.
 *
 * @param physicalId what DescribeStackResources shows and what Ref returns
 * @param attributes what Fn::GetAtt returns, by attribute name
 */
public record PhysicalResource(String physicalId, Map<String, JsonNode> attributes) {
  public static PhysicalResource of(String physicalId) {
    return new PhysicalResource(physicalId, Map.of());
  }

  /** The same resource with one more text attribute. */
  public PhysicalResource with(String attribute, String value) {
    Map<String, JsonNode> more = new LinkedHashMap<>(attributes);
    more.put(attribute, TextNode.valueOf(value));
    return new PhysicalResource(physicalId, Map.copyOf(more));
  }
}
