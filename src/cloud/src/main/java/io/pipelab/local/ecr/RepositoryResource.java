package io.pipelab.local.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.TagList;
import io.pipelab.local.wire.Pojos;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.Tag;

/** AWS::ECR::Repository. */
final class RepositoryResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ECR::Repository")
          .createOnly("RepositoryName", "EncryptionConfiguration")
          .properties(
              "ImageScanningConfiguration",
              "ImageTagMutability",
              "LifecyclePolicy",
              "RepositoryPolicyText",
              "EmptyOnDelete",
              "Tags")
          .attributes("Arn", "RepositoryUri");

  private final Repositories repositories;
  private final Images images;

  RepositoryResource(Repositories repositories, Images images) {
    this.repositories = repositories;
    this.images = images;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String policy = policy(request);
    String lifecycle = lifecyclePolicy(request);
    ObjectNode direct = request.properties().deepCopy();
    direct.remove(Set.of("LifecyclePolicy", "RepositoryPolicyText", "EmptyOnDelete", "Tags"));
    // A repository's name is lower case; CloudFormation's generated names are made so.
    direct.put(
        "RepositoryName",
        request.text("RepositoryName") == null
            ? request.generatedName(256).toLowerCase(Locale.ROOT)
            : request.text("RepositoryName"));
    CreateRepositoryRequest bound = Pojos.bind(direct, CreateRepositoryRequest.builder());
    Repository created =
        repositories.create(
            bound.toBuilder()
                .tags(
                    TagList.write(
                        request.tags(),
                        (key, value) -> Tag.builder().key(key).value(value).build()))
                .build());
    return physical(
        repositories.change(
            created.name(),
            repository -> repository.withPolicy(policy).withLifecyclePolicy(lifecycle)));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String policy = policy(after);
    String lifecycle = lifecyclePolicy(after);
    boolean scan =
        after.properties().path("ImageScanningConfiguration").path("ScanOnPush").asBoolean();
    return physical(
        repositories.change(
            current.physicalId(),
            repository ->
                repository
                    .withPolicy(policy)
                    .withLifecyclePolicy(lifecycle)
                    .withScanOnPush(scan)
                    .withMutability(Repositories.mutability(after.text("ImageTagMutability")))
                    .withTags(after.tags())));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    if (repositories.exists(current.physicalId())) {
      images.deleteRepository(
          current.physicalId(), last.properties().path("EmptyOnDelete").asBoolean());
    }
  }

  private static PhysicalResource physical(Repository repository) {
    return PhysicalResource.of(repository.name())
        .with("Arn", repository.arn())
        .with("RepositoryUri", repository.uri());
  }

  private static @Nullable String policy(ResourceRequest request) {
    JsonNode policy = request.properties().path("RepositoryPolicyText");
    if (policy.isMissingNode() || policy.isNull()) {
      return null;
    }
    return PolicyText.repository(policy.isTextual() ? policy.textValue() : policy.toString());
  }

  private static @Nullable String lifecyclePolicy(ResourceRequest request) {
    JsonNode policy = request.properties().path("LifecyclePolicy").path("LifecyclePolicyText");
    return policy.isTextual() ? PolicyText.lifecycle(policy.textValue()) : null;
  }
}
