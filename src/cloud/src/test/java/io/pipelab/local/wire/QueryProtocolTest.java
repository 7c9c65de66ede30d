package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Tag;

class QueryProtocolTest {
  private static final Instant CREATED = Instant.parse("2030-01-02T03:04:05.678Z");

  private final List<SdkPojo> seen = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "sns",
              new Actions()
                  .on(CreateTopicRequest.class, this::createTopic)
                  .on(DeleteTopicRequest.class, QueryProtocolTest::deleteTopic)
                  .on(PublishRequest.class, this::publish)
                  .on(GetTopicAttributesRequest.class, QueryProtocolTest::attributes)),
          TestGateway.service(
              "cloudformation",
              new Actions().on(DescribeStacksRequest.class, QueryProtocolTest::stacks)));
  private final SnsClient sns = gateway.client(SnsClient.builder());

  @AfterEach
  void close() {
    sns.close();
    gateway.close();
  }

  private CreateTopicResponse createTopic(CreateTopicRequest request) {
    seen.add(request);
    return CreateTopicResponse.builder().topicArn("arn:" + request.name()).build();
  }

  private static DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
    throw AwsError.notFound("NotFound", "Topic <does> not & exist");
  }

  private PublishResponse publish(PublishRequest request) {
    seen.add(request);
    return PublishResponse.builder().messageId("1").build();
  }

  private static GetTopicAttributesResponse attributes(GetTopicAttributesRequest request) {
    return GetTopicAttributesResponse.builder()
        .attributes(Map.of("Policy", "{\"a\":\"<>&\"}"))
        .build();
  }

  private static DescribeStacksResponse stacks(DescribeStacksRequest request) {
    return DescribeStacksResponse.builder()
        .stacks(
            Stack.builder().stackName("one").creationTime(CREATED).build(),
            Stack.builder().stackName("two").build())
        .build();
  }

  @Test
  void readsListsMapsAndStructures() {
    CreateTopicRequest request =
        CreateTopicRequest.builder()
            .name("t")
            .attributes(Map.of("DisplayName", "ä+ b&="))
            .tags(Tag.builder().key("k").value("v").build(), Tag.builder().key("l").build())
            .build();
    assertEquals("arn:t", sns.createTopic(request).topicArn());
    assertEquals(request, seen.get(0));
  }

  @Test
  void readsMapsWithNamesOfTheirOwn() {
    PublishRequest request =
        PublishRequest.builder()
            .message("m")
            .messageAttributes(
                Map.of(
                    "a",
                    MessageAttributeValue.builder().dataType("String").stringValue("x").build()))
            .build();
    sns.publish(request);
    assertEquals(request, seen.get(0));
  }

  @Test
  void writesMapsListsAndTimes() {
    assertEquals(
        Map.of("Policy", "{\"a\":\"<>&\"}"),
        sns.getTopicAttributes(r -> r.topicArn("t")).attributes());
    try (CloudFormationClient client = gateway.client(CloudFormationClient.builder())) {
      List<Stack> stacks = client.describeStacks().stacks();
      assertEquals(2, stacks.size());
      assertEquals(CREATED, stacks.get(0).creationTime());
    }
  }

  @Test
  void errorsAreTyped() {
    NotFoundException error =
        assertThrows(NotFoundException.class, () -> sns.deleteTopic(r -> r.topicArn("t")));
    assertEquals("Topic <does> not & exist", error.awsErrorDetails().errorMessage());
    assertEquals(404, error.statusCode());
  }

  @Test
  void missingActionsAreNotImplementedAndOthersInvalid() throws Exception {
    SnsException error = assertThrows(SnsException.class, sns::listTopics);
    assertTrue(String.valueOf(error.getMessage()).contains("sns:ListTopics"));
    var invalid = gateway.query("sns", "Action=MakeCoffee&Version=2010-03-31");
    assertEquals(400, invalid.statusCode());
    assertTrue(invalid.body().contains("<Code>InvalidAction</Code>"), invalid.body());
  }

  @Test
  void aServiceThatIsNotThereFailsByName() throws Exception {
    var answer = gateway.query("rds", "Action=DescribeDBInstances&Version=2014-10-31");
    assertEquals(501, answer.statusCode());
    assertTrue(answer.body().contains("the service rds"), answer.body());
  }
}
