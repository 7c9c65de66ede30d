package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.ResourceValues;

/** Ref and Fn::GetAtt of the resources that a stack has. */
record LiveValues(LiveStack stack) implements ResourceValues {
  @Override
  public JsonNode ref(String logicalId) {
    return TextNode.valueOf(physical(logicalId).physicalId());
  }

  @Override
  public JsonNode attribute(String logicalId, String attribute) {
    JsonNode value = physical(logicalId).attributes().get(attribute);
    if (value == null) {
      throw Invalid.request(
          "Template error: resource "
              + logicalId
              + " does not support attribute type "
              + attribute
              + " in Fn::GetAtt");
    }
    return value;
  }

  private PhysicalResource physical(String logicalId) {
    LiveResource resource = stack.resource(logicalId);
    if (resource == null || resource.physical() == null) {
      throw Invalid.request(
          "Template format error: Unresolved resource dependencies ["
              + logicalId
              + "] in the Resources block of the template");
    }
    return resource.physical();
  }
}
