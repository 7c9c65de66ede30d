package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What Ref and Fn::GetAtt return for a stack's resources at this moment. */
public interface ResourceValues {
  /** The value of Ref. */
  JsonNode ref(String logicalId);

  /** The value of Fn::GetAtt. */
  JsonNode attribute(String logicalId, String attribute);
}
