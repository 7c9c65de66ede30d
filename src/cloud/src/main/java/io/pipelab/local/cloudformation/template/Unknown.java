package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The value of something that will only be created: change sets show it as AWS does. */
public final class Unknown {
  /** What stands for it. */
  public static final String TEXT = "{{changeSet:KNOWN_AFTER_APPLY}}";

  static final JsonNode NODE = TextNode.valueOf(TEXT);

  private Unknown() {}

  /** Whether the text is, or contains, a value that is not known yet. */
  static boolean in(JsonNode node) {
    return node.isTextual() && node.textValue().contains(TEXT);
  }
}
