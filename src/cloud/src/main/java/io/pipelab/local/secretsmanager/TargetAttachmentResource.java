package io.pipelab.local.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.DatabaseInstances;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code AWS::SecretsManager::SecretTargetAttachment}: writes where a database is into the secret
 * that has its user and password.
 */
final class TargetAttachmentResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SecretsManager::SecretTargetAttachment")
          .createOnly("SecretId")
          .properties("TargetId", "TargetType")
          .required("SecretId", "TargetId", "TargetType")
          .attributes("Id");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSTANCE = "AWS::RDS::DBInstance";
  private static final List<String> MEMBERS =
      List.of("engine", "host", "port", "dbname", "dbInstanceIdentifier");

  private final Secrets secrets;
  private final DatabaseInstances databases;

  TargetAttachmentResource(Secrets secrets, DatabaseInstances databases) {
    this.secrets = secrets;
    this.databases = databases;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    Secret secret = secrets.require(request.text("SecretId"));
    attach(secret, request);
    return PhysicalResource.of(secret.arn).with("Id", secret.arn);
  }

  private void attach(Secret secret, ResourceRequest request) {
    String type = Objects.requireNonNull(request.text("TargetType"));
    if (!type.equals(INSTANCE)) {
      throw AwsError.notImplemented("a SecretTargetAttachment to " + type);
    }
    String id = Objects.requireNonNull(request.text("TargetId"));
    DatabaseInstances.Database database =
        databases
            .instance(id)
            .orElseThrow(
                () -> AwsError.notFound("DBInstanceNotFound", "DBInstance " + id + " not found."));
    ObjectNode content = content(secret);
    content.put("engine", database.engine());
    content.put("host", database.host());
    content.put("port", database.port());
    if (database.database() != null) {
      content.put("dbname", database.database());
    }
    content.put("dbInstanceIdentifier", database.identifier());
    put(secret, content);
  }

  private ObjectNode content(Secret secret) {
    @Nullable String text = secret.read(null, null, secrets.now()).value().text();
    try {
      if (text != null && JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw noObject(secret);
    }
    throw noObject(secret);
  }

  private static AwsError noObject(Secret secret) {
    return Errors.request("The secret " + secret.arn + " does not hold a JSON object.");
  }

  private void put(Secret secret, ObjectNode content) {
    secret.put(
        Secrets.versionId(null),
        Objects.requireNonNull(Value.of(content.toString(), null)),
        Set.of(Version.CURRENT),
        secrets.now());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    attach(secrets.require(current.physicalId()), after);
    return current;
  }

  /** Takes out again what it has written, when the secret is still there. */
  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    try {
      Secret secret = secrets.require(current.physicalId());
      ObjectNode content = content(secret);
      content.remove(MEMBERS);
      put(secret, content);
    } catch (AwsError e) {
      if (!e.isNotFound() && !e.code().equals("InvalidRequestException")) {
        throw e;
      }
    }
  }
}
