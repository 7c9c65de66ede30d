package io.pipelab.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
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
 * @param origin where the properties come from
 */
public record ResourceRequest(
    String stackId,
    String stackName,
    String logicalId,
    ObjectNode properties,
    Map<String, String> stackTags,
    String nameSuffix,
    Origin origin) {

  /**
   * What the properties were made of.
   *
   * @param declared the same properties with dynamic references instead of their values: what may
   *     be compared and shown
   * @param secrets values of the properties that nobody may see
   */
  public record Origin(ObjectNode declared, Set<String> secrets) {
    @Override
    public String toString() {
      return declared.toString();
    }
  }

  /** A request without dynamic references. */
  public ResourceRequest(
      String stackId,
      String stackName,
      String logicalId,
      ObjectNode properties,
      Map<String, String> stackTags,
      String nameSuffix) {
    this(
        stackId,
        stackName,
        logicalId,
        properties,
        stackTags,
        nameSuffix,
        new Origin(properties, Set.of()));
  }

  /** The same request with values in the place of dynamic references. */
  public ResourceRequest resolved(ObjectNode values, Set<String> secrets) {
    return new ResourceRequest(
        stackId,
        stackName,
        logicalId,
        values,
        stackTags,
        nameSuffix,
        new Origin(origin.declared(), Set.copyOf(secrets)));
  }

  /** A text about this resource with its secrets left out. */
  public String concealed(String text) {
    String shown = text;
    for (String secret : origin.secrets()) {
      shown = secret.isEmpty() ? shown : shown.replace(secret, "****");
    }
    return shown;
  }

  @Override
  public String toString() {
    return logicalId + " of " + stackName + " " + origin;
  }

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
   * A physical name as CloudFormation makes them, {@code STACK-LOGICAL-SUFFIX}, cut to a length: a
   * long stack name leaves room for the logical id, which has up to half of it.
   */
  public String generatedName(int maxLength) {
    int room = maxLength - nameSuffix.length() - 2;
    int rest = Math.max(room - logicalId.length(), room - room / 2);
    String stack = stackName.substring(0, Math.min(stackName.length(), rest));
    String id = logicalId.substring(0, Math.min(logicalId.length(), room - stack.length()));
    return stack + "-" + id + "-" + nameSuffix;
  }

  /** The named property, or a generated name when it is missing. */
  public String nameOr(String property, int maxLength) {
    String given = text(property);
    return given == null ? generatedName(maxLength) : given;
  }
}
