package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

class JsonProtocolTest {
  private final List<SendMessageRequest> sent = new ArrayList<>();
  private final List<Caller> callers = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "sqs",
              new Actions()
                  .on(
                      CreateQueueRequest.class,
                      (request, caller) -> {
                        callers.add(caller);
                        return CreateQueueResponse.builder()
                            .queueUrl(
                                request.queueName()
                                    + request
                                        .attributes()
                                        .get(QueueAttributeName.VISIBILITY_TIMEOUT))
                            .build();
                      })
                  .on(SendMessageRequest.class, this::send)
                  .on(ReceiveMessageRequest.class, JsonProtocolTest::receive)
                  .on(GetQueueUrlRequest.class, JsonProtocolTest::url)));
  private final SqsClient sqs =
      gateway.client(SqsClient.builder().checksumValidationEnabled(false));

  @AfterEach
  void close() {
    sqs.close();
    gateway.close();
  }

  private SendMessageResponse send(SendMessageRequest request) {
    sent.add(request);
    return SendMessageResponse.builder().messageId("m-1").build();
  }

  private static ReceiveMessageResponse receive(ReceiveMessageRequest request) {
    throw QueueDoesNotExistException.builder()
        .awsErrorDetails(
            software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                .errorCode("AWS.SimpleQueueService.NonExistentQueue")
                .errorMessage("engine says no")
                .build())
        .statusCode(400)
        .build();
  }

  private static GetQueueUrlResponse url(GetQueueUrlRequest request) {
    throw AwsError.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
  }

  @Test
  void readsRequestsAndWritesResponses() {
    String url =
        sqs.createQueue(
                r ->
                    r.queueName("orders")
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "7")))
            .queueUrl();
    assertEquals("orders7", url);
    assertEquals("tester", ((Caller.Operator) callers.get(0)).accessKeyId());
  }

  @Test
  void carriesNestedMembersBlobsAndAnyText() {
    Map<String, MessageAttributeValue> attributes =
        Map.of(
            "blob",
            MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 255}))
                .build());
    sqs.sendMessage(r -> r.queueUrl("u").messageBody("<ä\"\n").messageAttributes(attributes));
    assertEquals("<ä\"\n", sent.get(0).messageBody());
    assertEquals(attributes, sent.get(0).messageAttributes());
  }

  @Test
  void errorsAreTypedAndCarryTheQueryCode() {
    QueueDoesNotExistException error =
        assertThrows(
            QueueDoesNotExistException.class, () -> sqs.getQueueUrl(r -> r.queueName("x")));
    assertEquals("AWS.SimpleQueueService.NonExistentQueue", error.awsErrorDetails().errorCode());
    assertEquals(400, error.statusCode());
    assertEquals("The specified queue does not exist.", error.awsErrorDetails().errorMessage());
    SdkHttpResponse answer = error.awsErrorDetails().sdkHttpResponse();
    assertEquals(
        Optional.of("com.amazonaws.sqs#QueueDoesNotExist"),
        answer.firstMatchingHeader("x-amzn-errortype"));
    assertEquals(
        Optional.of("AWS.SimpleQueueService.NonExistentQueue;Sender"),
        answer.firstMatchingHeader("x-amzn-query-error"));
  }

  @Test
  void anEnginesErrorsKeepCodeAndMessage() {
    QueueDoesNotExistException error =
        assertThrows(
            QueueDoesNotExistException.class, () -> sqs.receiveMessage(r -> r.queueUrl("x")));
    assertEquals("engine says no", error.awsErrorDetails().errorMessage());
  }

  @Test
  void anActionThatAwsHasFailsByName() {
    SqsException error = assertThrows(SqsException.class, () -> sqs.listQueues());
    assertEquals(501, error.statusCode());
    assertEquals(
        "pipelab's embedded cloud does not implement sqs:ListQueues.",
        error.awsErrorDetails().errorMessage());
  }

  @Test
  void anotherRegionIsRefused() {
    try (SqsClient elsewhere = gateway.client(SqsClient.builder(), Region.EU_WEST_1)) {
      SqsException error = assertThrows(SqsException.class, elsewhere::listQueues);
      assertEquals(403, error.statusCode());
      assertTrue(String.valueOf(error.getMessage()).contains("eu-west-1"));
    }
  }

  @Test
  void observesEveryCall() throws Exception {
    sqs.createQueue(
        r -> r.queueName("a").attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1")));
    CallObserver.Call call = gateway.nextCall();
    assertEquals("sqs", call.service());
    assertEquals("CreateQueue", call.action());
    assertEquals(200, call.status());
  }

  @Test
  void unknownActionsAndBadBodiesAreTheCallersFault() throws Exception {
    var unknown = gateway.json("sqs", "AmazonSQS.MakeCoffee", "{}");
    assertEquals(400, unknown.statusCode());
    assertTrue(unknown.body().contains("UnknownOperationException"), unknown.body());
    var bad = gateway.json("sqs", "AmazonSQS.CreateQueue", "{");
    assertEquals(400, bad.statusCode());
    assertTrue(bad.body().contains("SerializationException"), bad.body());
    var nothing = gateway.post("sqs", "/", "application/x-amz-json-1.0", "{}");
    assertEquals(404, nothing.statusCode());
  }
}
