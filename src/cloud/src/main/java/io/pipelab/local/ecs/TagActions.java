package io.pipelab.local.ecs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/** TagResource, UntagResource and ListTagsForResource. */
final class TagActions {
  private final Clusters clusters;
  private final TaskDefinitions definitions;
  private final Tasks tasks;
  private final Services services;
  private final ResourceTags tags;

  TagActions(
      Clusters clusters,
      TaskDefinitions definitions,
      Tasks tasks,
      Services services,
      ResourceTags tags) {
    this.clusters = clusters;
    this.definitions = definitions;
    this.tasks = tasks;
    this.services = services;
    this.tags = tags;
  }

  void addTo(Actions actions) {
    actions
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource);
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    tags.add(existing(request.resourceArn()), request.tags());
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    tags.remove(existing(request.resourceArn()), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(tags.of(existing(request.resourceArn())))
        .build();
  }

  private String existing(@Nullable String arn) {
    if (arn == null || !arn.startsWith("arn:")) {
      throw EcsErrors.invalid("Invalid identifier: Identifier is for " + arn);
    }
    if (arn.contains(":cluster/")) {
      return clusters.get(arn).clusterArn();
    }
    boolean there =
        arn.contains(":task-definition/")
            ? definitions.exact(arn) != null
            : services.has(arn) || (arn.contains(":task/") && tasks.find(arn) != null);
    if (!there) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "The specified resource could not be found: " + arn);
    }
    return arn;
  }
}
