package io.pipelab.local.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.Iterator;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/**
 * The properties of {@code AWS::S3::Bucket} as the API's shapes, whose members are often named and
 * nested differently.
 */
final class BucketProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Map<String, String> RULE_NAMES =
      Map.of(
          "Id", "ID",
          "NoncurrentVersionTransitions", "NoncurrentVersionTransition",
          "Transitions", "Transition");

  private static final Map<String, String> CORS_NAMES =
      Map.of(
          "Id", "ID",
          "AllowedHeaders", "AllowedHeader",
          "AllowedMethods", "AllowedMethod",
          "AllowedOrigins", "AllowedOrigin",
          "ExposedHeaders", "ExposeHeader",
          "MaxAge", "MaxAgeSeconds");

  private BucketProperties() {}

  static VersioningConfiguration versioning(ObjectNode properties) {
    return Pojos.bind(
        object(properties, "VersioningConfiguration"), VersioningConfiguration.builder());
  }

  static PublicAccessBlockConfiguration publicAccess(ObjectNode properties) {
    return Pojos.bind(
        object(properties, "PublicAccessBlockConfiguration"),
        PublicAccessBlockConfiguration.builder());
  }

  static OwnershipControls ownership(ObjectNode properties) {
    return Pojos.bind(object(properties, "OwnershipControls"), OwnershipControls.builder());
  }

  static CORSConfiguration cors(ObjectNode properties) {
    ObjectNode given = copy(object(properties, "CorsConfiguration"));
    move(given, "CorsRules", given, "CORSRule");
    for (JsonNode each : given.path("CORSRule")) {
      if (each instanceof ObjectNode rule) {
        CORS_NAMES.forEach((from, to) -> move(rule, from, rule, to));
      }
    }
    return Pojos.bind(given, CORSConfiguration.builder());
  }

  static ServerSideEncryptionConfiguration encryption(ObjectNode properties) {
    ObjectNode given = object(properties, "BucketEncryption");
    ObjectNode shape = NODES.objectNode();
    ArrayNode rules = shape.putArray("Rule");
    given
        .path("ServerSideEncryptionConfiguration")
        .forEach(
            rule -> {
              ObjectNode each = copy(rule);
              move(
                  each,
                  "ServerSideEncryptionByDefault",
                  each,
                  "ApplyServerSideEncryptionByDefault");
              rules.add(each);
            });
    return Pojos.bind(shape, ServerSideEncryptionConfiguration.builder());
  }

  static BucketLifecycleConfiguration lifecycle(ObjectNode properties) {
    ObjectNode given = copy(object(properties, "LifecycleConfiguration"));
    ObjectNode shape = NODES.objectNode();
    ArrayNode rules = shape.putArray("Rule");
    JsonNode listed = given.remove("Rules");
    if (listed != null) {
      listed.forEach(rule -> rules.add(rule(copy(rule))));
    }
    shape.setAll(given);
    return Pojos.bind(shape, BucketLifecycleConfiguration.builder());
  }

  private static ObjectNode rule(ObjectNode rule) {
    RULE_NAMES.forEach((from, to) -> move(rule, from, rule, to));
    rule.path("Transition").forEach(each -> days((ObjectNode) each));
    rule.path("NoncurrentVersionTransition").forEach(each -> noncurrent((ObjectNode) each));
    ObjectNode expiration = NODES.objectNode();
    move(rule, "ExpirationInDays", expiration, "Days");
    move(rule, "ExpirationDate", expiration, "Date");
    move(rule, "ExpiredObjectDeleteMarker", expiration, "ExpiredObjectDeleteMarker");
    if (!expiration.isEmpty()) {
      rule.set("Expiration", expiration);
    }
    if (rule.has("NoncurrentVersionExpirationInDays")) {
      ObjectNode old = rule.putObject("NoncurrentVersionExpiration");
      move(rule, "NoncurrentVersionExpirationInDays", old, "NoncurrentDays");
    }
    rule.set("Filter", filter(rule));
    return rule;
  }

  private static void days(ObjectNode transition) {
    move(transition, "TransitionInDays", transition, "Days");
    move(transition, "TransitionDate", transition, "Date");
  }

  private static void noncurrent(ObjectNode transition) {
    move(transition, "TransitionInDays", transition, "NoncurrentDays");
  }

  /** A template's filter is spread over the rule; the API wants an And around several. */
  private static ObjectNode filter(ObjectNode rule) {
    ObjectNode parts = NODES.objectNode();
    move(rule, "Prefix", parts, "Prefix");
    move(rule, "ObjectSizeGreaterThan", parts, "ObjectSizeGreaterThan");
    move(rule, "ObjectSizeLessThan", parts, "ObjectSizeLessThan");
    JsonNode tags = rule.remove("TagFilters");
    int count = parts.size() + (tags == null ? 0 : tags.size());
    if (count <= 1 && tags != null && tags.size() == 1) {
      parts.set("Tag", tags.get(0));
    } else if (count > 1) {
      if (tags != null) {
        parts.set("Tag", tags);
      }
      ObjectNode filter = NODES.objectNode();
      filter.set("And", parts);
      return filter;
    }
    return parts;
  }

  static NotificationConfiguration notifications(ObjectNode properties) {
    ObjectNode given = object(properties, "NotificationConfiguration");
    ObjectNode shape = NODES.objectNode();
    Iterator<Map.Entry<String, JsonNode>> members = given.properties().iterator();
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      switch (member.getKey()) {
        case "LambdaConfigurations" ->
            destinations(member.getValue(), "Function", "CloudFunction", shape);
        case "QueueConfigurations" -> destinations(member.getValue(), "Queue", "Queue", shape);
        case "TopicConfigurations" -> destinations(member.getValue(), "Topic", "Topic", shape);
        case "EventBridgeConfiguration" -> {
          if (member.getValue().path("EventBridgeEnabled").asBoolean(true)) {
            shape.putObject("EventBridgeConfiguration");
          }
        }
        default ->
            throw AwsError.badRequest(
                "ValidationError",
                "Unsupported property NotificationConfiguration." + member.getKey());
      }
    }
    return Pojos.bind(shape, NotificationConfiguration.builder());
  }

  /** A template has one event a configuration; its filter's rules are below S3Key. */
  private static void destinations(JsonNode list, String from, String to, ObjectNode shape) {
    ArrayNode configurations = shape.putArray(to + "Configuration");
    for (JsonNode each : list) {
      ObjectNode configuration = copy(each);
      move(configuration, from, configuration, to);
      JsonNode event = configuration.remove("Event");
      if (event != null) {
        configuration.putArray("Event").add(event);
      }
      JsonNode rules = configuration.path("Filter").path("S3Key").path("Rules");
      if (rules.isArray()) {
        ObjectNode key = NODES.objectNode();
        key.set("FilterRule", rules);
        configuration.putObject("Filter").set("S3Key", key);
      }
      configurations.add(configuration);
    }
  }

  private static ObjectNode object(ObjectNode properties, String name) {
    if (properties.get(name) instanceof ObjectNode object) {
      return object;
    }
    throw AwsError.badRequest("ValidationError", name + " must be an object");
  }

  private static ObjectNode copy(JsonNode node) {
    if (node.deepCopy() instanceof ObjectNode object) {
      return object;
    }
    throw AwsError.badRequest("ValidationError", "an object is expected, not " + node);
  }

  private static void move(ObjectNode from, String name, ObjectNode to, String newName) {
    JsonNode value = from.remove(name);
    if (value != null) {
      to.set(newName, value);
    }
  }
}
