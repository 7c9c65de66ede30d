package io.pipelab.local.secretsmanager;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.DatabaseInstances;
import io.pipelab.local.kernel.SecretStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Secrets Manager of the embedded cloud: in memory, as long as the cloud lives. */
public final class SecretsManager implements AwsService, SecretStore {
  private final Secrets secrets;
  private final DatabaseInstances databases;

  public SecretsManager(CloudIdentity identity, CloudClock clock, DatabaseInstances databases) {
    this.secrets = new Secrets(identity, clock);
    this.databases = databases;
  }

  @Override
  public String signingName() {
    return "secretsmanager";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    new SecretActions(secrets).addTo(actions);
    new ValueActions(secrets).addTo(actions);
    return actions;
  }

  @Override
  public String text(String secretId, @Nullable String stage, @Nullable String versionId) {
    String text = secrets.require(secretId).read(stage, versionId, secrets.now()).value().text();
    if (text == null) {
      throw Errors.request("The secret " + secretId + " holds no SecretString.");
    }
    return text;
  }

  /** AWS::SecretsManager types. */
  public List<ResourceType> resourceTypes() {
    return List.of(new SecretResource(secrets), new TargetAttachmentResource(secrets, databases));
  }
}
