package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.TagList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ListTagsRequest;
import software.amazon.awssdk.services.lambda.model.ListTagsResponse;
import software.amazon.awssdk.services.lambda.model.TagResourceRequest;
import software.amazon.awssdk.services.lambda.model.TagResourceResponse;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceResponse;

/** Tags of functions and event source mappings. */
final class TagActions {
  private static final int MOST_TAGS = 50;

  private static final String MAPPING = ":event-source-mapping:";

  private final Functions functions;
  private final EventSourceMappings mappings;

  TagActions(Functions functions, EventSourceMappings mappings) {
    this.functions = functions;
    this.mappings = mappings;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsRequest.class, this::listTags);
  }

  TagResourceResponse tagResource(TagResourceRequest request) {
    Tagged resource = resource(request.resource());
    if (TagList.merged(resource.tags(), request.tags()).size() > MOST_TAGS) {
      throw Errors.invalid("The resource can have at most " + MOST_TAGS + " tags.");
    }
    resource.tag(request.tags());
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untagResource(UntagResourceRequest request) {
    resource(request.resource()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  ListTagsResponse listTags(ListTagsRequest request) {
    return ListTagsResponse.builder().tags(resource(request.resource()).tags()).build();
  }

  private Tagged resource(@Nullable String arn) {
    if (arn != null && arn.contains(MAPPING)) {
      return mappings.get(arn.substring(arn.indexOf(MAPPING) + MAPPING.length()));
    }
    FunctionName name = FunctionName.parse(arn, null);
    if (name.qualifier() != null) {
      throw Errors.invalid("Tags on function aliases and versions are not supported.");
    }
    return functions.get(name);
  }
}
