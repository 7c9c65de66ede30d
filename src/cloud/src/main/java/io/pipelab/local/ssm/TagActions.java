package io.pipelab.local.ssm;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.TagList;
import java.util.Map;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Tags of parameters; there are no other resources of Systems Manager here. */
final class TagActions {
  private static final int MOST_TAGS = 50;

  private final Parameters parameters;

  TagActions(Parameters parameters) {
    this.parameters = parameters;
  }

  void addTo(Actions actions) {
    actions
        .on(AddTagsToResourceRequest.class, this::addTags)
        .on(RemoveTagsFromResourceRequest.class, this::removeTags)
        .on(ListTagsForResourceRequest.class, this::listTags);
  }

  private AddTagsToResourceResponse addTags(AddTagsToResourceRequest request) {
    StoredParameter tagged = tagged(request.resourceType(), request.resourceId());
    Map<String, String> more =
        TagList.read(request.tags(), Tag::key, Tag::value, "ValidationException");
    parameters.change(
        tagged.name(),
        parameter -> {
          Map<String, String> all = TagList.merged(parameter.tags(), more);
          if (all.size() > MOST_TAGS) {
            throw AwsError.badRequest(
                "TooManyTagsError", "The maximum number of tags is " + MOST_TAGS + ".");
          }
          return parameter.withTags(all);
        });
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse removeTags(RemoveTagsFromResourceRequest request) {
    StoredParameter tagged = tagged(request.resourceType(), request.resourceId());
    parameters.change(
        tagged.name(),
        parameter -> parameter.withTags(TagList.without(parameter.tags(), request.tagKeys())));
    return RemoveTagsFromResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTags(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tagList(
            TagList.write(
                tagged(request.resourceType(), request.resourceId()).tags(),
                (key, value) -> Tag.builder().key(key).value(value).build()))
        .build();
  }

  private StoredParameter tagged(ResourceTypeForTagging type, String id) {
    if (type == ResourceTypeForTagging.UNKNOWN_TO_SDK_VERSION) {
      throw AwsError.badRequest("InvalidResourceType", "");
    }
    return parameters
        .named(type == ResourceTypeForTagging.PARAMETER ? id : "")
        .orElseThrow(() -> AwsError.badRequest("InvalidResourceId", ""));
  }
}
