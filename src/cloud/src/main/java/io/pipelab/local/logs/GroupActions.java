package io.pipelab.local.logs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;

/** The actions on log groups. */
final class GroupActions {
  private static final int MAX_PAGE = 50;
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final GroupNames names;
  private final CloudClock clock;
  private final LogGroups groups;

  GroupActions(GroupNames names, CloudClock clock, LogGroups groups) {
    this.names = names;
    this.clock = clock;
    this.groups = groups;
  }

  void addTo(Actions table) {
    table
        .on(CreateLogGroupRequest.class, this::createLogGroup)
        .on(DeleteLogGroupRequest.class, this::deleteLogGroup)
        .on(DescribeLogGroupsRequest.class, this::describeLogGroups)
        .on(PutRetentionPolicyRequest.class, this::putRetentionPolicy)
        .on(DeleteRetentionPolicyRequest.class, this::deleteRetentionPolicy);
  }

  CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
    String name = GroupNames.newGroup(request.logGroupName());
    if (request.logGroupClass() == LogGroupClass.UNKNOWN_TO_SDK_VERSION) {
      throw Refusal.constraint(
          request.logGroupClassAsString(),
          "logGroupClass",
          "Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY]");
    }
    String logClass =
        request.logGroupClass() == null ? "STANDARD" : request.logGroupClassAsString();
    Group group = new Group(name, clock.now().toEpochMilli(), logClass);
    group.tags().putAll(request.tags());
    if (!groups.add(group)) {
      throw AwsError.badRequest(
          "ResourceAlreadyExistsException", "The specified log group already exists");
    }
    return CreateLogGroupResponse.builder().build();
  }

  DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
    groups.remove(Refusal.required(request.logGroupName(), "logGroupName"));
    return DeleteLogGroupResponse.builder().build();
  }

  DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
    if (request.logGroupNamePrefix() != null && request.logGroupNamePattern() != null) {
      throw Refusal.parameter(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    Set<String> wanted = new TreeSet<>();
    request.logGroupIdentifiers().forEach(id -> wanted.add(GroupNames.ofIdentifier(id)));
    List<LogGroup> found =
        groups.all(
            all ->
                all.values().stream()
                    .filter(group -> wanted.isEmpty() || wanted.contains(group.name()))
                    .filter(group -> accepts(request, group))
                    .map(this::shown)
                    .toList());
    Page<LogGroup> page = Refusal.page(found, request.nextToken(), request.limit(), MAX_PAGE);
    return DescribeLogGroupsResponse.builder()
        .logGroups(page.items())
        .nextToken(page.next())
        .build();
  }

  private static boolean accepts(DescribeLogGroupsRequest request, Group group) {
    return (request.logGroupNamePrefix() == null
            || group.name().startsWith(request.logGroupNamePrefix()))
        && (request.logGroupNamePattern() == null
            || group.name().contains(request.logGroupNamePattern()))
        && (request.logGroupClass() == null
            || group.logClass().equals(request.logGroupClassAsString()));
  }

  private LogGroup shown(Group group) {
    return LogGroup.builder()
        .logGroupName(group.name())
        .creationTime(group.created())
        .retentionInDays(group.retentionDays())
        .metricFilterCount(group.metricFilters().size())
        .deletionProtectionEnabled(false)
        .arn(names.arn(group.name()) + ":*")
        .logGroupArn(names.arn(group.name()))
        .storedBytes(group.bytes())
        .logGroupClass(group.logClass())
        .build();
  }

  PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
    int days = Refusal.required(request.retentionInDays(), "retentionInDays");
    if (!RETENTIONS.contains(days)) {
      throw Refusal.constraint(
          days,
          "retentionInDays",
          "Member must satisfy enum value set: " + new TreeSet<>(RETENTIONS));
    }
    retain(Refusal.required(request.logGroupName(), "logGroupName"), days);
    return PutRetentionPolicyResponse.builder().build();
  }

  DeleteRetentionPolicyResponse deleteRetentionPolicy(DeleteRetentionPolicyRequest request) {
    retain(Refusal.required(request.logGroupName(), "logGroupName"), null);
    return DeleteRetentionPolicyResponse.builder().build();
  }

  private void retain(String name, @Nullable Integer days) {
    groups.with(
        name,
        group -> {
          group.retentionDays(days);
          return group;
        });
  }
}
