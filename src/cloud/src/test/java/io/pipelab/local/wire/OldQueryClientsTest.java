package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Clients of before the move to JSON and CBOR speak Query to SQS and CloudWatch. */
class OldQueryClientsTest {
  private final List<SdkPojo> seen = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "sqs",
              new Actions()
                  .on(SendMessageBatchRequest.class, this::batch)
                  .on(GetQueueAttributesRequest.class, this::attributes)
                  .on(ReceiveMessageRequest.class, this::receive)
                  .on(PurgeQueueRequest.class, OldQueryClientsTest::purge)),
          TestGateway.service(
              "monitoring", new Actions().on(PutMetricDataRequest.class, this::metrics)));

  @AfterEach
  void close() {
    gateway.close();
  }

  private SendMessageBatchResponse batch(SendMessageBatchRequest request) {
    seen.add(request);
    return SendMessageBatchResponse.builder()
        .successful(s -> s.id("a").messageId("1").md5OfMessageBody("md5"))
        .failed(f -> f.id("b").code("InternalError").senderFault(false))
        .build();
  }

  private GetQueueAttributesResponse attributes(GetQueueAttributesRequest request) {
    seen.add(request);
    return GetQueueAttributesResponse.builder()
        .attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "0"))
        .build();
  }

  private ReceiveMessageResponse receive(ReceiveMessageRequest request) {
    seen.add(request);
    return ReceiveMessageResponse.builder()
        .messages(
            Message.builder()
                .body("one")
                .attributes(Map.of(MessageSystemAttributeName.SENT_TIMESTAMP, "5"))
                .messageAttributes(
                    Map.of(
                        "n",
                        MessageAttributeValue.builder()
                            .dataType("Number")
                            .stringValue("3")
                            .build()))
                .build())
        .build();
  }

  private static PurgeQueueResponse purge(PurgeQueueRequest request) {
    throw AwsError.badRequest("QueueDoesNotExist", "no");
  }

  private PutMetricDataResponse metrics(PutMetricDataRequest request) {
    seen.add(request);
    return PutMetricDataResponse.builder().build();
  }

  @Test
  void sqsBatches() throws Exception {
    var answer =
        gateway.query(
            "sqs",
            "Action=SendMessageBatch&Version=2012-11-05&QueueUrl=u"
                + "&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=x"
                + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n"
                + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=s"
                + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=String"
                + "&SendMessageBatchRequestEntry.2.Id=b&SendMessageBatchRequestEntry.2.MessageBody=y");
    SendMessageBatchRequest request = (SendMessageBatchRequest) seen.get(0);
    assertEquals(2, request.entries().size());
    assertEquals(
        Map.of("n", MessageAttributeValue.builder().dataType("String").stringValue("s").build()),
        request.entries().get(0).messageAttributes());
    assertTrue(
        answer
            .body()
            .contains(
                "<SendMessageBatchResult><SendMessageBatchResultEntry><Id>a</Id>"
                    + "<MessageId>1</MessageId><MD5OfMessageBody>md5</MD5OfMessageBody>"
                    + "</SendMessageBatchResultEntry><BatchResultErrorEntry><Id>b</Id>"),
        answer.body());
    assertTrue(answer.body().contains("http://queue.amazonaws.com/doc/2012-11-05/"));
  }

  @Test
  void sqsAttributes() throws Exception {
    var answer =
        gateway.query(
            "sqs",
            "Action=GetQueueAttributes&Version=2012-11-05&QueueUrl=u"
                + "&AttributeName.1=DelaySeconds&AttributeName.2=All");
    assertEquals(
        List.of("DelaySeconds", "All"),
        ((GetQueueAttributesRequest) seen.get(0)).attributeNamesAsStrings());
    assertTrue(
        answer.body().contains("<Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute>"),
        answer.body());
  }

  @Test
  void sqsMessages() throws Exception {
    var answer =
        gateway.post(
            "sqs",
            "/000000000000/orders",
            "application/x-www-form-urlencoded",
            "Action=ReceiveMessage&Version=2012-11-05&MaxNumberOfMessages=3"
                + "&MessageAttributeName.1=All");
    ReceiveMessageRequest request = (ReceiveMessageRequest) seen.get(0);
    assertEquals(3, request.maxNumberOfMessages());
    assertEquals(gateway.endpoint() + "/000000000000/orders", request.queueUrl());
    assertTrue(
        answer
            .body()
            .contains(
                "<Message><Body>one</Body>"
                    + "<Attribute><Name>SentTimestamp</Name><Value>5</Value></Attribute>"
                    + "<MessageAttribute><Name>n</Name><Value><StringValue>3</StringValue>"),
        answer.body());
  }

  @Test
  void sqsErrorsHaveTheirOldCodes() throws Exception {
    var answer = gateway.query("sqs", "Action=PurgeQueue&Version=2012-11-05&QueueUrl=u");
    assertEquals(400, answer.statusCode());
    assertTrue(
        answer.body().contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"),
        answer.body());
  }

  @Test
  void cloudWatchMetrics() throws Exception {
    var answer =
        gateway.query(
            "monitoring",
            "Action=PutMetricData&Version=2010-08-01&Namespace=N"
                + "&MetricData.member.1.MetricName=m&MetricData.member.1.Value=1.5"
                + "&MetricData.member.1.Timestamp=2030-01-02T03%3A04%3A05Z"
                + "&MetricData.member.1.Dimensions.member.1.Name=d"
                + "&MetricData.member.1.Dimensions.member.1.Value=e");
    assertEquals(200, answer.statusCode());
    PutMetricDataRequest request = (PutMetricDataRequest) seen.get(0);
    assertEquals(1.5, request.metricData().get(0).value());
    assertEquals("2030-01-02T03:04:05Z", request.metricData().get(0).timestamp().toString());
    assertEquals("e", request.metricData().get(0).dimensions().get(0).value());
  }
}
