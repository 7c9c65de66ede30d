package io.pipelab.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.queue.QueuePolicy;
import io.pipelab.verify.check.topic.TopicPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The checks of who may publish to a topic and send to a queue. */
class PolicyChecksTest extends CheckTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:topic";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:queue";
  private static final String BUCKET = "arn:aws:s3:::pictures";

  @Test
  void topicPolicy() {
    String ours =
        """
        {"Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"},
          "Action": "SNS:Publish", "Resource": "%s", "Condition": {
            "StringEquals": {"aws:SourceAccount": "000000000000"},
            "ArnLike": {"aws:SourceArn": "%s"}}}]}
        """
            .formatted(TOPIC, BUCKET);
    assertEquals(State.HOLDS, topic(ours).state());
    for (String wrong :
        List.of(
            ours.replace(BUCKET, BUCKET + "2"),
            ours.replace("\"aws:SourceAccount\"", "\"aws:PrincipalAccount\""),
            ours.replace("Allow", "Deny"),
            ours.replace("s3.amazonaws.com", "events.amazonaws.com"),
            "{\"Statement\": []}",
            "")) {
      Observation seen = topic(wrong);
      assertEquals(State.NEVER, seen.state(), wrong);
      assertTrue(seen.actual().contains("does not let in s3.amazonaws.com"), seen.actual());
    }
  }

  @Test
  void aDoorTooManyIsNamed() {
    String open =
        """
        {"Statement": [
          {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"},
           "Action": "sns:Publish", "Resource": "%s", "Condition": {
            "StringEquals": {"aws:SourceAccount": "000000000000"},
            "ArnLike": {"aws:SourceArn": "%s"}}},
          {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "%s"}]}
        """
            .formatted(TOPIC, BUCKET, TOPIC);

    assertSeen(State.WORKS, "it works, but lets in * sns:Publish from any", topic(open));
  }

  /** As the console writes a topic's policy, and as the lesson of image-resize changes it. */
  @Test
  void aWiderDoorWorksUnlessItAsksForMore() {
    String wide =
        """
        {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:*",
          "Resource": "%s", "Condition": {"StringEquals": {"AWS:SourceAccount": "000000000000"}}}]}
        """
            .formatted(TOPIC);
    assertSeen(
        State.WORKS, "it works, but lets in * SNS:* from any of account 000000000000", topic(wide));
    for (String shut :
        List.of(
            wide.replace("AWS:SourceAccount", "AWS:SourceOwner"),
            wide.replace("StringEquals", "StringNotEquals"),
            wide.replace("000000000000\"}}", "111111111111\"}}"),
            wide.replace("SNS:*", "SNS:Subscribe"),
            wide.replace("{\"Statement\": [", "{\"Statement\": [{\"Effect\": \"Deny\"}, "))) {
      assertEquals(State.NEVER, topic(shut).state(), shut);
    }
  }

  private Observation topic(String policy) {
    aws.on(
        GetTopicAttributesRequest.class,
        GetTopicAttributesResponse.builder()
            .attributes(policy.isEmpty() ? Map.of() : Map.of("Policy", policy))
            .build());
    Map<String, String> door =
        Map.of(
            "principal", "s3.amazonaws.com",
            "action", "sns:Publish",
            "resource", TOPIC,
            "source", BUCKET,
            "account", "000000000000");
    return look(TopicPolicy.TYPE, Map.of("topic", TOPIC, "allow", List.of(door)));
  }

  @Test
  void queuePolicy() {
    String ours =
        """
        {"Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
          "Action": "sqs:SendMessage", "Resource": "%s",
          "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}}
        """
            .formatted(QUEUE, TOPIC);
    assertEquals(State.HOLDS, queue(Map.of(QueueAttributeName.POLICY, ours)).state());
    assertEquals(
        State.NEVER,
        queue(Map.of(QueueAttributeName.POLICY, ours.replace(TOPIC, TOPIC + "-2"))).state());
    assertEquals(State.NEVER, queue(Map.of()).state());
  }

  private Observation queue(Map<QueueAttributeName, String> attributes) {
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder().attributes(attributes).build());
    Map<String, String> door =
        Map.of(
            "principal",
            "sns.amazonaws.com",
            "action",
            "sqs:SendMessage",
            "resource",
            QUEUE,
            "source",
            TOPIC);
    return look(QueuePolicy.TYPE, Map.of("queue", "http://q/1/queue", "allow", List.of(door)));
  }
}
