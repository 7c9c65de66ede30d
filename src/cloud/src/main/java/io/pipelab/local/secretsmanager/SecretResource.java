package io.pipelab.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code AWS::SecretsManager::Secret}; Ref is its ARN. */
final class SecretResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SecretsManager::Secret")
          .createOnly("Name")
          .properties("Description", "GenerateSecretString", "KmsKeyId", "SecretString", "Tags")
          .named("Name")
          .attributes("Id");

  private final Secrets secrets;

  SecretResource(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String text = text(request);
    Secret secret = secrets.create(request.nameOr("Name", 255), request.tags());
    secret.describe(request.text("Description"), request.text("KmsKeyId"), secrets.now());
    put(secret, text);
    return PhysicalResource.of(secret.arn).with("Id", secret.arn);
  }

  /** The text that the properties ask for: their own, a generated one, or an empty one. */
  private static String text(ResourceRequest request) {
    String given = request.text("SecretString");
    JsonNode rules = request.properties().get("GenerateSecretString");
    if (given != null && rules != null) {
      throw Errors.request(
          "You can't specify both SecretString and GenerateSecretString in the same secret.");
    }
    return given == null ? GeneratedText.of(rules == null ? emptyRules() : rules) : given;
  }

  private static JsonNode emptyRules() {
    return JsonNodeFactory.instance.objectNode();
  }

  private void put(Secret secret, String text) {
    secret.put(
        Secrets.versionId(null),
        Objects.requireNonNull(Value.of(text, null)),
        Set.of(Version.CURRENT),
        secrets.now());
  }

  /** A new value is made only when what makes it has changed. */
  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Secret secret = secrets.require(current.physicalId());
    secret.describe(orEmpty(after.text("Description")), after.text("KmsKeyId"), secrets.now());
    secret.tag(after.tags());
    if (changed("SecretString", before, after) || changed("GenerateSecretString", before, after)) {
      put(secret, text(after));
    }
    return current;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static boolean changed(String property, ResourceRequest before, ResourceRequest after) {
    return !Objects.equals(before.properties().get(property), after.properties().get(property));
  }

  /** CloudFormation leaves no time for recovery. */
  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(() -> secrets.delete(secrets.require(current.physicalId()), null));
  }
}
