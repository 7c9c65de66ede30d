package io.pipelab.local.ecr;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/**
 * Policies, tag mutability, scanning and tags of a repository: all stored, none enforced but
 * mutability.
 */
final class RepositorySettingActions {
  private final CloudIdentity identity;
  private final Repositories repositories;

  RepositorySettingActions(CloudIdentity identity, Repositories repositories) {
    this.identity = identity;
    this.repositories = repositories;
  }

  void addTo(Actions actions) {
    actions
        .on(GetRepositoryPolicyRequest.class, this::getRepositoryPolicy)
        .on(SetRepositoryPolicyRequest.class, this::setRepositoryPolicy)
        .on(DeleteRepositoryPolicyRequest.class, this::deleteRepositoryPolicy)
        .on(GetLifecyclePolicyRequest.class, this::getLifecyclePolicy)
        .on(PutLifecyclePolicyRequest.class, this::putLifecyclePolicy)
        .on(DeleteLifecyclePolicyRequest.class, this::deleteLifecyclePolicy)
        .on(PutImageTagMutabilityRequest.class, this::putImageTagMutability)
        .on(PutImageScanningConfigurationRequest.class, this::putImageScanningConfiguration)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource)
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource);
  }

  private GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest request) {
    return GetRepositoryPolicyResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .policyText(policy(request.repositoryName()))
        .build();
  }

  private SetRepositoryPolicyResponse setRepositoryPolicy(SetRepositoryPolicyRequest request) {
    String text = PolicyText.repository(request.policyText());
    repositories.change(request.repositoryName(), repository -> repository.withPolicy(text));
    return SetRepositoryPolicyResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .policyText(text)
        .build();
  }

  private DeleteRepositoryPolicyResponse deleteRepositoryPolicy(
      DeleteRepositoryPolicyRequest request) {
    String text = policy(request.repositoryName());
    repositories.change(request.repositoryName(), repository -> repository.withPolicy(null));
    return DeleteRepositoryPolicyResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .policyText(text)
        .build();
  }

  private String policy(String repository) {
    String text = repositories.get(repository).policy();
    if (text == null) {
      throw EcrErrors.noPolicy(
          "Repository", "RepositoryPolicyNotFoundException", repository, identity.account());
    }
    return text;
  }

  private GetLifecyclePolicyResponse getLifecyclePolicy(GetLifecyclePolicyRequest request) {
    return GetLifecyclePolicyResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .lifecyclePolicyText(lifecyclePolicy(request.repositoryName()))
        .build();
  }

  private PutLifecyclePolicyResponse putLifecyclePolicy(PutLifecyclePolicyRequest request) {
    String text = PolicyText.lifecycle(request.lifecyclePolicyText());
    repositories.change(
        request.repositoryName(), repository -> repository.withLifecyclePolicy(text));
    return PutLifecyclePolicyResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .lifecyclePolicyText(text)
        .build();
  }

  private DeleteLifecyclePolicyResponse deleteLifecyclePolicy(
      DeleteLifecyclePolicyRequest request) {
    String text = lifecyclePolicy(request.repositoryName());
    repositories.change(
        request.repositoryName(), repository -> repository.withLifecyclePolicy(null));
    return DeleteLifecyclePolicyResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .lifecyclePolicyText(text)
        .build();
  }

  private String lifecyclePolicy(String repository) {
    String text = repositories.get(repository).lifecyclePolicy();
    if (text == null) {
      throw EcrErrors.noPolicy(
          "Lifecycle", "LifecyclePolicyNotFoundException", repository, identity.account());
    }
    return text;
  }

  private PutImageTagMutabilityResponse putImageTagMutability(
      PutImageTagMutabilityRequest request) {
    var mutability = Repositories.mutability(request.imageTagMutabilityAsString());
    repositories.change(
        request.repositoryName(), repository -> repository.withMutability(mutability));
    return PutImageTagMutabilityResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .imageTagMutability(mutability)
        .build();
  }

  private PutImageScanningConfigurationResponse putImageScanningConfiguration(
      PutImageScanningConfigurationRequest request) {
    boolean scan =
        request.imageScanningConfiguration() != null
            && Boolean.TRUE.equals(request.imageScanningConfiguration().scanOnPush());
    repositories.change(request.repositoryName(), repository -> repository.withScanOnPush(scan));
    return PutImageScanningConfigurationResponse.builder()
        .registryId(identity.account())
        .repositoryName(request.repositoryName())
        .imageScanningConfiguration(configuration -> configuration.scanOnPush(scan))
        .build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    List<Tag> tags =
        TagList.write(
            repositories.get(name(request.resourceArn())).tags(),
            (key, value) -> Tag.builder().key(key).value(value).build());
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    repositories.change(
        name(request.resourceArn()),
        repository -> {
          Map<String, String> tags =
              TagList.merged(repository.tags(), Repositories.tags(request.tags()));
          if (tags.size() > 50) {
            throw AwsError.badRequest(
                "TooManyTagsException",
                "The list of tags on the repository is over the limit of 50 tags");
          }
          return repository.withTags(tags);
        });
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    repositories.change(
        name(request.resourceArn()),
        repository -> repository.withTags(TagList.without(repository.tags(), request.tagKeys())));
    return UntagResourceResponse.builder().build();
  }

  /** The repository's name, slashes included, of its ARN. */
  private static String name(String arn) {
    String prefix = "repository/";
    try {
      String resource = Arn.parse(arn).resource();
      if (resource.startsWith(prefix)) {
        return resource.substring(prefix.length());
      }
    } catch (IllegalArgumentException e) {
      // Refused below like any other text that is not a repository's ARN.
    }
    throw EcrErrors.invalid(
        "Invalid parameter at 'resourceArn': '" + arn + "' is not a repository");
  }
}
