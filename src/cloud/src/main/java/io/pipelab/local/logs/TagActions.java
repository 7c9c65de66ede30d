package io.pipelab.local.logs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** The actions on log groups' tags, by ARN and, the older ones, by name. */
final class TagActions {
  private static final int MAX_TAGS = 50;

  private final LogGroups groups;

  TagActions(LogGroups groups) {
    this.groups = groups;
  }

  @SuppressWarnings("deprecation") // AWS's older clients still send the older three
  void addTo(Actions table) {
    table
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource)
        .on(TagLogGroupRequest.class, this::tagLogGroup)
        .on(UntagLogGroupRequest.class, this::untagLogGroup)
        .on(ListTagsLogGroupRequest.class, this::listTagsLogGroup);
  }

  TagResourceResponse tagResource(TagResourceRequest request) {
    tag(ofArn(request.resourceArn()), request.tags());
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untagResource(UntagResourceRequest request) {
    untag(ofArn(request.resourceArn()), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tags(tags(ofArn(request.resourceArn()))).build();
  }

  private TagLogGroupResponse tagLogGroup(TagLogGroupRequest request) {
    tag(request.logGroupName(), request.tags());
    return TagLogGroupResponse.builder().build();
  }

  private UntagLogGroupResponse untagLogGroup(UntagLogGroupRequest request) {
    untag(request.logGroupName(), request.tags());
    return UntagLogGroupResponse.builder().build();
  }

  private ListTagsLogGroupResponse listTagsLogGroup(ListTagsLogGroupRequest request) {
    return ListTagsLogGroupResponse.builder().tags(tags(request.logGroupName())).build();
  }

  private static String ofArn(String arn) {
    return GroupNames.ofIdentifier(Refusal.required(arn, "resourceArn"));
  }

  private void tag(String group, Map<String, String> more) {
    groups.with(
        Refusal.required(group, "logGroupName"),
        each -> {
          if (TagList.merged(each.tags(), more).size() > MAX_TAGS) {
            throw Refusal.parameter("A log group can have at most " + MAX_TAGS + " tags.");
          }
          each.tags().putAll(more);
          return each;
        });
  }

  private void untag(String group, List<String> keys) {
    groups.with(
        Refusal.required(group, "logGroupName"),
        each -> {
          keys.forEach(each.tags()::remove);
          return each;
        });
  }

  private Map<String, String> tags(String group) {
    return groups.with(Refusal.required(group, "logGroupName"), each -> new TreeMap<>(each.tags()));
  }
}
