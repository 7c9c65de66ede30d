package io.pipelab.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a resource type is asked for.
 *
 * @param properties resolved properties, as the template spells them; scalars may be strings or
 *     native
 * @param stackTags the stack's tags, which propagate to resources that can be tagged
 * @param nameSuffix random characters that are the same each time this resource is asked for, for
 *     generated names
 */
public record ResourceRequest(
    String stackId,
    String stackName,
    String logicalId,
    ObjectNode properties,
    Map<String, String> stackTags,
    String nameSuffix) {

  /** The property as text, or null when it is missing. */
  public @Nullable String text(String property) {
    JsonNode value = properties.get(property);
    return value == null || value.isNull() ? null : value.asText();
  }

  /** The tags that the resource gets: the stack's, and over them its own, if they are a list. */
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>(stackTags);
    for (JsonNode tag : properties.path("Tags")) {
      tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
    return tags;
  }

  /**
   * A physical name as CloudFormation makes them, {@code STACK-LOGICAL-SUFFIX}, cut to a length.
   */
  public String generatedName(int maxLength) {
    String head = stackName + "-" + logicalId;
    int room = maxLength - nameSuffix.length() - 1;
    return (head.length() > room ? head.substring(0, room) : head) + "-" + nameSuffix;
  }

  /** The named property, or a generated name when it is missing. */
  public String nameOr(String property, int maxLength) {
    String given = text(property);
    return given == null ? generatedName(maxLength) : given;
  }
}
