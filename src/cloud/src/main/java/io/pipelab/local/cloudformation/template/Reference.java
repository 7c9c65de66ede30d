package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that a piece of a template refers to, or that it should not hold. */
sealed interface Reference {
  /** Ref, or a variable of Fn::Sub: a parameter, pseudo parameter or resource. */
  record Name(String name) implements Reference {}

  /**
   * Fn::GetAtt, or a dotted variable of Fn::Sub.
   *
   * @param attribute empty when it is itself computed
   */
  record Attribute(String function, String logicalId, String attribute) implements Reference {}

  /** The condition of an Fn::If, or of another condition. */
  record Condition(String function, String name) implements Reference {}

  /** The name in Fn::ImportValue, functions and all. */
  record Import(JsonNode name) implements Reference {}

  /** The map's name in Fn::FindInMap, when it is written out. */
  record Mapping(String name) implements Reference {}

  /** What the embedded cloud does not implement. */
  record Unsupported(String what) implements Reference {}
}
