package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ListTagsRequest;
import software.amazon.awssdk.services.lambda.model.ListTagsResponse;
import software.amazon.awssdk.services.lambda.model.TagResourceRequest;
import software.amazon.awssdk.services.lambda.model.TagResourceResponse;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceResponse;

/** Tags of functions. */
final class TagActions {
  private static final int MOST_TAGS = 50;

  private final Functions functions;

  TagActions(Functions functions) {
    this.functions = functions;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsRequest.class, this::listTags);
  }

  TagResourceResponse tagResource(TagResourceRequest request) {
    LambdaFunction function = function(request.resource());
    Map<String, String> all = new TreeMap<>(function.tags());
    all.putAll(request.tags());
    if (all.size() > MOST_TAGS) {
      throw Errors.invalid("The function can have at most " + MOST_TAGS + " tags.");
    }
    function.tag(request.tags());
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untagResource(UntagResourceRequest request) {
    function(request.resource()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  ListTagsResponse listTags(ListTagsRequest request) {
    return ListTagsResponse.builder().tags(function(request.resource()).tags()).build();
  }

  private LambdaFunction function(@Nullable String arn) {
    FunctionName name = FunctionName.parse(arn, null);
    if (name.qualifier() != null) {
      throw Errors.invalid("Tags on function aliases and versions are not supported.");
    }
    return functions.get(name);
  }
}
