package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.TagList;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigatewayv2.model.GetTagsRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetTagsResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;
import software.amazon.awssdk.services.apigatewayv2.model.TagResourceRequest;
import software.amazon.awssdk.services.apigatewayv2.model.TagResourceResponse;
import software.amazon.awssdk.services.apigatewayv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UntagResourceResponse;

/** Tags of APIs and stages, by {@code arn:aws:apigateway:REGION::/apis/ID[/stages/NAME]}. */
final class TagActions {
  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:apigateway:[^:]+::/apis/([^/]+)(?:/stages/([^/]+))?");

  private final Apis apis;
  private final CloudClock clock;

  TagActions(Apis apis, CloudClock clock) {
    this.apis = apis;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(GetTagsRequest.class, this::getTags);
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    change(request.resourceArn(), tags -> TagList.merged(tags, request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    change(request.resourceArn(), tags -> TagList.without(tags, request.tagKeys()));
    return UntagResourceResponse.builder().build();
  }

  private GetTagsResponse getTags(GetTagsRequest request) {
    return GetTagsResponse.builder().tags(change(request.resourceArn(), tags -> tags)).build();
  }

  private Map<String, String> change(String arn, UnaryOperator<Map<String, String>> change) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw Refusal.unknown("Resource", arn);
    }
    HttpApi api = apis.get(parts.group(1));
    synchronized (api) {
      if (parts.group(2) == null) {
        Map<String, String> tags = change.apply(api.api().tags());
        api.api(api.api().toBuilder().tags(tags).build());
        return tags;
      }
      Stage stage = api.stage(parts.group(2));
      Map<String, String> tags = change.apply(stage.tags());
      if (!tags.equals(stage.tags())) {
        api.put(stage.toBuilder().tags(tags).build(), clock.now());
      }
      return tags;
    }
  }
}
