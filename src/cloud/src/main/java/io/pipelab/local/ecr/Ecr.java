package io.pipelab.local.ecr;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ContainerImages;
import io.pipelab.local.kernel.HttpEndpoint;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ECR of the embedded cloud: one private registry at the gateway's own address. */
public final class Ecr implements AwsService {
  private final CloudIdentity identity;
  private final Repositories repositories;
  private final AuthorizationTokens tokens;
  private final BlobStore blobs;
  private final Images images;

  /**
   * @param blobDirectory where layers are kept; created when missing, emptied on {@link #close()}
   */
  public Ecr(CloudIdentity identity, CloudClock clock, Path blobDirectory) {
    this.identity = identity;
    this.blobs = new BlobStore(blobDirectory, BlobStore.LARGEST_BLOB);
    this.repositories = new Repositories(identity, clock);
    this.tokens = new AuthorizationTokens(identity, clock);
    this.images = new Images(identity, clock, repositories, blobs);
  }

  @Override
  public String signingName() {
    return "ecr";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    new RepositoryActions(identity, repositories, images, tokens).addTo(actions);
    new RepositorySettingActions(identity, repositories).addTo(actions);
    new ImageActions(identity, repositories, images).addTo(actions);
    return actions;
  }

  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    String resource = Arn.parse(arn).resource();
    return resource.startsWith("repository/")
        ? repositories.policy(resource.substring("repository/".length()))
        : null;
  }

  /** The OCI distribution API under {@code /v2/}. */
  public HttpEndpoint registry() {
    return new RegistryEndpoint(identity, repositories, images, blobs, tokens);
  }

  /** How ECS and Lambda get what was pushed. */
  public ContainerImages containerImages() {
    return new RegistryImages(identity, repositories, images, blobs);
  }

  Repositories repositories() {
    return repositories;
  }

  /** AWS::ECR types. */
  public List<ResourceType> resourceTypes() {
    return List.of(new RepositoryResource(repositories, images));
  }

  @Override
  public void close() {
    blobs.close();
  }
}
