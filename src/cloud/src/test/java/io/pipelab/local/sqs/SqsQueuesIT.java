package io.pipelab.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.MessageQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.AddPermissionRequest;
import software.amazon.awssdk.services.sqs.model.AddPermissionResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.RemovePermissionRequest;
import software.amazon.awssdk.services.sqs.model.RemovePermissionResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

class SqsQueuesIT {
  private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:";
  private static SqsFixture cloud;

  @BeforeAll
  static void start() {
    cloud = new SqsFixture();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  static Map<String, String> attributes(SqsFixture cloud, String url) {
    return cloud
        .call(
            GetQueueAttributesRequest.builder()
                .queueUrl(url)
                .attributeNames(QueueAttributeName.ALL)
                .build(),
            GetQueueAttributesResponse.class)
        .attributesAsStrings();
  }

  @Test
  void aNewQueueLooksLikeOneOfAws() {
    String url = cloud.createQueue("plain", Map.of());

    assertEquals("http://127.0.0.1:4566/000000000000/plain", url);
    Map<String, String> attributes = attributes(cloud, url);
    assertEquals(ARN + "plain", attributes.get("QueueArn"));
    assertEquals("30", attributes.get("VisibilityTimeout"));
    assertEquals("345600", attributes.get("MessageRetentionPeriod"));
    assertEquals("1048576", attributes.get("MaximumMessageSize"));
    assertEquals("true", attributes.get("SqsManagedSseEnabled"));
    assertEquals("0", attributes.get("ApproximateNumberOfMessages"));
    assertNull(attributes.get("Policy"));
    assertNull(attributes.get("FifoQueue"));
  }

  @Test
  void creatingAgainIsFineOnlyWithTheSameAttributes() {
    String url = cloud.createQueue("again", Map.of("VisibilityTimeout", "5"));

    assertEquals(url, cloud.createQueue("again", Map.of("VisibilityTimeout", "5")));
    assertEquals(url, cloud.createQueue("again", Map.of()));
    AwsError error =
        assertThrows(
            AwsError.class, () -> cloud.createQueue("again", Map.of("VisibilityTimeout", "6")));
    assertEquals("QueueNameExists", error.code());
  }

  @Test
  void wrongAttributesAndNamesAreRefused() {
    assertEquals("InvalidAttributeName", createFails("w1", Map.of("Colour", "red")));
    assertEquals("InvalidAttributeValue", createFails("w2", Map.of("VisibilityTimeout", "43201")));
    assertEquals("InvalidAttributeValue", createFails("w3", Map.of("Policy", "{\"a\":1}")));
    assertEquals("InvalidParameterValue", createFails("no spaces", Map.of()));
    assertEquals("InvalidParameterValue", createFails("x.fifo", Map.of()));
    assertEquals(
        "InvalidParameterValue", createFails("w4", Map.of("RedrivePolicy", redrive("missing", 3))));
  }

  @Test
  void attributesThatTheEngineDoesNotKnowAreKeptBesideIt() {
    String url = cloud.createQueue("beside", Map.of());

    set(url, Map.of("KmsMasterKeyId", "alias/aws/sqs", "MaximumMessageSize", "2048"));
    Map<String, String> attributes = attributes(cloud, url);
    assertEquals("alias/aws/sqs", attributes.get("KmsMasterKeyId"));
    assertEquals("300", attributes.get("KmsDataKeyReusePeriodSeconds"));
    assertEquals("false", attributes.get("SqsManagedSseEnabled"));

    set(url, Map.of("KmsMasterKeyId", ""));
    assertEquals("true", attributes(cloud, url).get("SqsManagedSseEnabled"));
    assertEquals(
        "InvalidParameterValue",
        assertThrows(AwsError.class, () -> cloud.send(url, "x".repeat(2049))).code());
  }

  @Test
  void theVisibilityTimeoutReachesTheEngine() {
    String url = cloud.createQueue("visible", Map.of());
    set(url, Map.of("VisibilityTimeout", "0"));
    cloud.send(url, "x");

    assertEquals(1, cloud.receive(url, 0).size());
    assertEquals(1, cloud.receive(url, 1).size());
  }

  @Test
  void aRedrivePolicyCanBeTakenAway() {
    cloud.createQueue("taken-dlq", Map.of());
    String url = cloud.createQueue("taken", Map.of("RedrivePolicy", redrive("taken-dlq", 1)));
    set(url, Map.of("VisibilityTimeout", "0", "RedrivePolicy", ""));
    cloud.send(url, "x");

    for (int i = 0; i < 3; i++) {
      assertEquals(1, cloud.receive(url, 1).size());
    }
    assertNull(attributes(cloud, url).get("RedrivePolicy"));
  }

  @Test
  void listsPageByPage() {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      urls.add(cloud.createQueue("page-" + i, Map.of()));
    }
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      ListQueuesResponse page =
          cloud.call(
              ListQueuesRequest.builder()
                  .queueNamePrefix("page-")
                  .maxResults(2)
                  .nextToken(token)
                  .build(),
              ListQueuesResponse.class);
      seen.addAll(page.queueUrls());
      token = page.nextToken();
    } while (token != null);

    assertEquals(urls, seen);
  }

  @Test
  void deadLetterSourcesAreListed() {
    String dead = cloud.createQueue("d", Map.of());
    String url = cloud.createQueue("s", Map.of("RedrivePolicy", redrive("d", 3)));

    assertEquals(
        List.of(url),
        cloud
            .call(
                ListDeadLetterSourceQueuesRequest.builder().queueUrl(dead).build(),
                ListDeadLetterSourceQueuesResponse.class)
            .queueUrls());
  }

  @Test
  void aDeletedQueueIsGoneAndCanComeBack() {
    String url = cloud.createQueue("gone", Map.of());
    cloud.send(url, "x");
    cloud.call(DeleteQueueRequest.builder().queueUrl(url).build(), DeleteQueueResponse.class);

    assertEquals(
        "QueueDoesNotExist",
        assertThrows(
                AwsError.class,
                () ->
                    cloud.call(
                        GetQueueUrlRequest.builder().queueName("gone").build(),
                        GetQueueUrlResponse.class))
            .code());
    cloud.createQueue("gone", Map.of());
    assertEquals(List.of(), cloud.receive(url, 0));
  }

  @Test
  void aPurgeEmptiesTheQueueOnceAMinute() {
    String url = cloud.createQueue("purged", Map.of());
    cloud.send(url, "x");
    PurgeQueueRequest purge = PurgeQueueRequest.builder().queueUrl(url).build();
    cloud.call(purge, PurgeQueueResponse.class);

    assertEquals("0", attributes(cloud, url).get("ApproximateNumberOfMessages"));
    assertEquals(
        "PurgeQueueInProgress",
        assertThrows(AwsError.class, () -> cloud.call(purge, PurgeQueueResponse.class)).code());
  }

  @Test
  void permissionsEditThePolicy() {
    String url = cloud.createQueue("permitted", Map.of());
    cloud.call(
        AddPermissionRequest.builder()
            .queueUrl(url)
            .label("send")
            .awsAccountIds("111122223333")
            .actions("SendMessage")
            .build(),
        AddPermissionResponse.class);
    assertEquals(
        "{\"Version\":\"2008-10-17\",\"Id\":\""
            + ARN
            + "permitted/SQSDefaultPolicy\",\"Statement\":[{\"Sid\":\"send\",\"Effect\":\"Allow\","
            + "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},"
            + "\"Action\":\"SQS:SendMessage\",\"Resource\":\""
            + ARN
            + "permitted\"}]}",
        attributes(cloud, url).get("Policy"));

    cloud.call(
        RemovePermissionRequest.builder().queueUrl(url).label("send").build(),
        RemovePermissionResponse.class);
    assertNull(attributes(cloud, url).get("Policy"));
  }

  @Test
  void aServiceComesInOnlyThroughThePolicy() {
    String url = cloud.createQueue("guarded", Map.of());
    MessageQueues port = cloud.sqs.messageQueues();
    String topic = "arn:aws:sns:us-east-1:000000000000:t";
    Caller sns = new Caller.ServicePrincipal("sns.amazonaws.com", topic);
    assertEquals(
        "AccessDenied",
        assertThrows(AwsError.class, () -> port.send(ARN + "guarded", "x", Map.of(), sns)).code());

    set(
        url,
        Map.of(
            "Policy",
            """
            {"Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
             "Action": "sqs:SendMessage", "Resource": "*",
             "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}}"""
                .formatted(topic)));

    assertFalse(port.send(ARN + "guarded", "x", Map.of(), sns).isEmpty());
    Caller other = new Caller.ServicePrincipal("sns.amazonaws.com", topic + "2");
    assertThrows(AwsError.class, () -> port.send(ARN + "guarded", "x", Map.of(), other));
    assertThrows(AwsError.class, () -> port.receive(ARN + "guarded", 1, 0, sns));
  }

  @Test
  void aTemplatesQueueIsCreatedUpdatedAndDeleted() throws Exception {
    ResourceType type = cloud.sqs.resourceTypes().get(0);
    cloud.createQueue("t-dlq", Map.of());
    ResourceRequest before =
        request(
            """
            {"VisibilityTimeout": 60, "Tags": [{"Key": "k", "Value": "v"}],
             "RedrivePolicy": {"deadLetterTargetArn": "%st-dlq", "maxReceiveCount": 2}}"""
                .formatted(ARN));
    PhysicalResource queue = type.create(before);
    assertEquals("http://127.0.0.1:4566/000000000000/stack-Queue-AB12", queue.physicalId());
    assertEquals(TextNode.valueOf(ARN + "stack-Queue-AB12"), queue.attributes().get("Arn"));
    assertEquals("60", attributes(cloud, queue.physicalId()).get("VisibilityTimeout"));

    ResourceRequest after = request("{\"DelaySeconds\": \"1\"}");
    type.update(queue, before, after);
    Map<String, String> attributes = attributes(cloud, queue.physicalId());
    assertEquals("30", attributes.get("VisibilityTimeout"));
    assertEquals("1", attributes.get("DelaySeconds"));
    assertNull(attributes.get("RedrivePolicy"));

    type.delete(queue, after);
    type.delete(queue, after);
    assertThrows(AwsError.class, () -> attributes(cloud, queue.physicalId()));
  }

  private static ResourceRequest request(String properties) throws Exception {
    return new ResourceRequest(
        "arn:stack",
        "stack",
        "Queue",
        (ObjectNode) new ObjectMapper().readTree(properties),
        Map.of(),
        "AB12");
  }

  private static void set(String url, Map<String, String> attributes) {
    cloud.call(
        SetQueueAttributesRequest.builder().queueUrl(url).attributesWithStrings(attributes).build(),
        SetQueueAttributesResponse.class);
  }

  private static String redrive(String name, int receives) {
    return "{\"deadLetterTargetArn\":\"" + ARN + name + "\",\"maxReceiveCount\":" + receives + "}";
  }

  private static String createFails(String name, Map<String, String> attributes) {
    return assertThrows(AwsError.class, () -> cloud.createQueue(name, attributes)).code();
  }
}
