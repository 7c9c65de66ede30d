package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.template.DynamicReference;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ParameterStore;
import io.pipelab.local.kernel.SecretStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts values of other services in the place of dynamic references, at the last moment: what the
 * engine compares, keeps and shows has the references.
 */
public final class DynamicValues {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECURE = "SecureString";

  private final SecretStore secrets;
  private final ParameterStore parameters;

  public DynamicValues(SecretStore secrets, ParameterStore parameters) {
    this.secrets = secrets;
    this.parameters = parameters;
  }

  /**
   * A request as its resource type gets it.
   *
   * @throws AwsError when a value cannot be had
   */
  ResourceRequest resolved(ResourceRequest declared) {
    Set<String> secret = new TreeSet<>();
    ObjectNode properties = (ObjectNode) tree(declared.properties(), secret);
    return declared.resolved(properties, secret);
  }

  private JsonNode tree(JsonNode node, Set<String> secret) {
    if (node.isTextual()) {
      String text = node.textValue();
      return DynamicReference.isIn(text)
          ? TextNode.valueOf(DynamicReference.replace(text, reference -> value(reference, secret)))
          : node;
    }
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> list.add(tree(each, secret)));
      return list;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        object.set(member.getKey(), tree(member.getValue(), secret));
      }
      return object;
    }
    return node;
  }

  private String value(DynamicReference reference, Set<String> secret) {
    if (reference instanceof DynamicReference.Parameter parameter) {
      String value = parameter(parameter);
      if (parameter.secure()) {
        secret.add(value);
      }
      return value;
    }
    String value = secret((DynamicReference.Secret) reference);
    secret.add(value);
    return value;
  }

  private String parameter(DynamicReference.Parameter reference) {
    String version = reference.version() == null ? "" : ":" + reference.version();
    ParameterStore.Value value =
        parameters
            .find(reference.name() + version)
            .orElseThrow(
                () ->
                    Invalid.request(
                        "Parameters: [ssm:" + reference.name() + version + "] cannot be found."));
    if (value.type().equals(SECURE) && !reference.secure()) {
      throw Invalid.request(
          "Non-secure ssm prefix was used for secure parameter: " + reference.name());
    }
    if (!value.type().equals(SECURE) && reference.secure()) {
      throw Invalid.request(
          "Secure ssm prefix was used for non-secure parameter: " + reference.name());
    }
    return value.text();
  }

  private String secret(DynamicReference.Secret reference) {
    String text;
    try {
      text = secrets.text(reference.id(), reference.stage(), reference.version());
    } catch (AwsError e) {
      throw AwsError.of(
          e.code(),
          e.status(),
          e.getMessage()
              + " (Service: AWSSecretsManager; Status Code: "
              + e.status()
              + "; Error Code: "
              + e.code()
              + ")");
    }
    return reference.key() == null ? text : member(text, reference.key());
  }

  private static String member(String text, String key) {
    JsonNode object;
    try {
      object = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message would quote the secret.
      throw noJson();
    }
    if (!object.isObject()) {
      throw noJson();
    }
    JsonNode value = object.path(key);
    if (value.isMissingNode()) {
      throw Invalid.request("Could not find a value associated with JSONKey in SecretString");
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static AwsError noJson() {
    return Invalid.request("Could not parse SecretString JSON");
  }
}
