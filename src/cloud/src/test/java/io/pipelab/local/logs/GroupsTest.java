package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;

final class GroupsTest {
  private final Logged logged = new Logged();

  @Test
  void describesAGroup() {
    logged.append("s", "hello");
    LogGroup group = logged.groups(DescribeLogGroupsRequest.builder()).get(0);
    assertEquals(Logged.GROUP, group.logGroupName());
    assertEquals(Logged.ARN + ":*", group.arn());
    assertEquals(Logged.ARN, group.logGroupArn());
    assertEquals(31L, group.storedBytes());
    assertEquals("STANDARD", group.logGroupClassAsString());
    assertEquals(logged.start, group.creationTime());
    assertNull(group.retentionInDays());
  }

  @Test
  void listsByPrefixPatternIdentifierAndPage() {
    for (int i = 0; i < 3; i++) {
      logged.call(CreateLogGroupRequest.builder().logGroupName("/ecs/task-" + i).build());
    }
    assertEquals(3, count(DescribeLogGroupsRequest.builder().logGroupNamePrefix("/ecs")));
    assertEquals(1, count(DescribeLogGroupsRequest.builder().logGroupNamePattern("lambda")));
    assertEquals(1, count(DescribeLogGroupsRequest.builder().logGroupIdentifiers(Logged.ARN)));
    DescribeLogGroupsRequest page = DescribeLogGroupsRequest.builder().limit(3).build();
    DescribeLogGroupsResponse first = logged.call(page);
    assertEquals(3, first.logGroups().size());
    assertEquals(1, count(page.toBuilder().nextToken(first.nextToken())));
    logged.refused(
        "InvalidParameterException", page.toBuilder().nextToken("someone else's").build());
    logged.refused("InvalidParameterException", page.toBuilder().limit(51).build());
  }

  private int count(DescribeLogGroupsRequest.Builder request) {
    return logged.groups(request).size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "aws/mine", "a:b"})
  void refusesBadNames(String name) {
    logged.refused(
        "InvalidParameterException", CreateLogGroupRequest.builder().logGroupName(name).build());
  }

  @Test
  void refusesWhatIsThereAndWhatIsNot() {
    logged.refused(
        "ResourceAlreadyExistsException",
        CreateLogGroupRequest.builder().logGroupName(Logged.GROUP).build());
    logged.refused(
        "ResourceNotFoundException",
        DeleteLogGroupRequest.builder().logGroupName("unknown").build());
    logged.refused(
        "ResourceNotFoundException",
        DeleteLogStreamRequest.builder()
            .logGroupName(Logged.GROUP)
            .logStreamName("unknown")
            .build());
    AwsError error =
        assertThrows(AwsError.class, () -> logged.logs.append("unknown", "s", List.of("x")));
    assertEquals("ResourceNotFoundException", error.code());
  }

  @Test
  void forgetsEventsAfterTheirRetention() {
    logged.call(
        PutRetentionPolicyRequest.builder().logGroupName(Logged.GROUP).retentionInDays(1).build());
    assertEquals(1, logged.groups(DescribeLogGroupsRequest.builder()).get(0).retentionInDays());
    logged.append("s", "old");
    logged.clock.advance(Duration.ofHours(23));
    logged.append("s", "young");
    logged.clock.advance(Duration.ofHours(2));
    assertEquals(31L, logged.groups(DescribeLogGroupsRequest.builder()).get(0).storedBytes());

    logged.call(DeleteRetentionPolicyRequest.builder().logGroupName(Logged.GROUP).build());
    logged.clock.advance(Duration.ofDays(300));
    assertEquals(31L, logged.groups(DescribeLogGroupsRequest.builder()).get(0).storedBytes());
    logged.refused(
        "InvalidParameterException",
        PutRetentionPolicyRequest.builder().logGroupName(Logged.GROUP).retentionInDays(2).build());
  }

  @Test
  void staysWithinItsMemoryAndSaysSo() {
    LogGroups groups = new LogGroups(logged.clock, 10_000);
    Group group = new Group("g", 0, "STANDARD");
    EventStream stream = new EventStream("s", 0);
    group.streams().put("s", stream);
    groups.add(group);
    for (int i = 0; i < 1000; i++) {
      groups.append(group, stream, i, "event " + i);
    }
    assertEquals("event 999", last(stream));
    EventStream notes = group.stream(LogGroups.DROPPED);
    assertEquals(true, last(notes).contains("events of stream s"), last(notes));
    assertEquals(true, group.bytes() <= 10_000, "bytes: " + group.bytes());
  }

  private static String last(EventStream stream) {
    Event event = stream.last();
    return event == null ? "" : event.message();
  }

  private List<LogStream> streams(DescribeLogStreamsRequest.Builder request) {
    DescribeLogStreamsResponse response = logged.call(request.logGroupName(Logged.GROUP).build());
    return response.logStreams();
  }

  @Test
  void listsStreamsByNameOrByLastEvent() {
    logged.append("b", "first");
    logged.clock.advance(Duration.ofSeconds(1));
    logged.append("a", "second");
    logged.clock.advance(Duration.ofSeconds(1));
    logged.append("b", "third");
    logged.call(
        CreateLogStreamRequest.builder().logGroupName(Logged.GROUP).logStreamName("c").build());
    assertEquals(List.of("a", "b", "c"), names(DescribeLogStreamsRequest.builder()));
    assertEquals(
        List.of("b", "a", "c"),
        names(DescribeLogStreamsRequest.builder().orderBy("LastEventTime").descending(true)));
    assertEquals(List.of("b"), names(DescribeLogStreamsRequest.builder().logStreamNamePrefix("b")));
    LogStream b = streams(DescribeLogStreamsRequest.builder()).get(1);
    assertEquals(logged.start, b.firstEventTimestamp());
    assertEquals(logged.start + 2000, b.lastEventTimestamp());
    assertEquals(Logged.ARN + ":log-stream:b", b.arn());
    logged.refused(
        "InvalidParameterException",
        DescribeLogStreamsRequest.builder()
            .logGroupName(Logged.GROUP)
            .orderBy("LastEventTime")
            .logStreamNamePrefix("b")
            .build());
  }

  private List<String> names(DescribeLogStreamsRequest.Builder request) {
    return streams(request).stream().map(LogStream::logStreamName).toList();
  }

  @Test
  void tags() {
    logged.call(
        TagResourceRequest.builder()
            .resourceArn(Logged.ARN)
            .tags(Map.of("a", "1", "b", "2"))
            .build());
    logged.call(UntagResourceRequest.builder().resourceArn(Logged.ARN + ":*").tagKeys("a").build());
    assertEquals(Map.of("b", "2"), tagsOf(Logged.ARN));
    logged.refused(
        "ResourceNotFoundException",
        ListTagsForResourceRequest.builder().resourceArn(Logged.ARN + "x").build());
  }

  private Map<String, String> tagsOf(String arn) {
    ListTagsForResourceResponse response =
        logged.call(ListTagsForResourceRequest.builder().resourceArn(arn).build());
    return response.tags();
  }

  @Test
  void isACloudFormationType() throws Exception {
    ResourceType type = logged.logs.resourceTypes().get(0);
    ObjectNode properties =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    """
                    {"RetentionInDays": "7", "Tags": [{"Key": "mine", "Value": "1"}]}
                    """);
    ResourceRequest request = request(properties, Map.of("pipelab:lab", "decoupling"));
    PhysicalResource created = type.create(request);
    String name = "stack-Group-SUFFIX";
    String arn = "arn:aws:logs:us-east-1:000000000000:log-group:" + name;
    assertEquals(name, created.physicalId());
    assertEquals(TextNode.valueOf(arn + ":*"), created.attributes().get("Arn"));
    assertEquals(Map.of("mine", "1", "pipelab:lab", "decoupling"), tagsOf(arn));

    ResourceRequest after = request(properties.deepCopy().put("RetentionInDays", 14), Map.of());
    type.update(created, request, after);
    DescribeLogGroupsRequest.Builder mine =
        DescribeLogGroupsRequest.builder().logGroupIdentifiers(name);
    assertEquals(14, logged.groups(mine).get(0).retentionInDays());
    assertEquals(Map.of("mine", "1"), tagsOf(arn));
    type.delete(created, after);
    type.delete(created, after);
    assertEquals(List.of(), logged.groups(mine));
  }

  @Test
  void leavesNoGroupBehindThatFailedToBeCreated() throws Exception {
    ResourceType type = logged.logs.resourceTypes().get(0);
    ObjectNode properties = (ObjectNode) new ObjectMapper().readTree("{\"RetentionInDays\": 2}");
    assertThrows(AwsError.class, () -> type.create(request(properties, Map.of())));
    assertEquals(1, logged.groups(DescribeLogGroupsRequest.builder()).size());
  }

  private static ResourceRequest request(ObjectNode properties, Map<String, String> stackTags) {
    return new ResourceRequest("arn", "stack", "Group", properties, stackTags, "SUFFIX");
  }
}
