package io.pipelab.local.logs;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;

/** {@code AWS::Logs::LogGroup}. */
final class LogGroupResource implements ResourceType {
  private static final int MAX_NAME = 512;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Logs::LogGroup")
          .createOnly("LogGroupName")
          .properties("RetentionInDays", "LogGroupClass", "Tags")
          .attributes("Arn");

  private final GroupActions groups;
  private final TagActions tags;

  LogGroupResource(GroupActions groups, TagActions tags) {
    this.groups = groups;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("LogGroupName", MAX_NAME);
    groups.createLogGroup(
        CreateLogGroupRequest.builder()
            .logGroupName(name)
            .logGroupClass(request.text("LogGroupClass"))
            .tags(request.tags())
            .build());
    try {
      retain(name, request);
    } catch (AwsError e) {
      // What failed to be created must not stay.
      groups.deleteLogGroup(DeleteLogGroupRequest.builder().logGroupName(name).build());
      throw e;
    }
    return PhysicalResource.of(name).with("Arn", found(name).get(0).arn());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    if (!Objects.equals(before.text("LogGroupClass"), after.text("LogGroupClass"))) {
      throw AwsError.badRequest(
          "ValidationError", "The LogGroupClass of a log group cannot be changed.");
    }
    String name = current.physicalId();
    retain(name, after);
    Map<String, String> now = after.tags();
    List<String> gone =
        before.tags().keySet().stream().filter(key -> !now.containsKey(key)).toList();
    tags.untagResource(UntagResourceRequest.builder().resourceArn(name).tagKeys(gone).build());
    tags.tagResource(TagResourceRequest.builder().resourceArn(name).tags(now).build());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String name = current.physicalId();
    if (!found(name).isEmpty()) {
      groups.deleteLogGroup(DeleteLogGroupRequest.builder().logGroupName(name).build());
    }
  }

  private void retain(String name, ResourceRequest request) {
    String days = request.text("RetentionInDays");
    if (days == null) {
      groups.deleteRetentionPolicy(
          DeleteRetentionPolicyRequest.builder().logGroupName(name).build());
    } else {
      groups.putRetentionPolicy(
          PutRetentionPolicyRequest.builder()
              .logGroupName(name)
              .retentionInDays(days(days))
              .build());
    }
  }

  private static int days(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw AwsError.badRequest("ValidationError", "RetentionInDays must be a number: " + text);
    }
  }

  private List<LogGroup> found(String name) {
    return groups
        .describeLogGroups(DescribeLogGroupsRequest.builder().logGroupIdentifiers(name).build())
        .logGroups();
  }
}
