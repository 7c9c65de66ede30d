package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Metrics;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The service with its engine, called through its table of actions as the gateway calls it. */
final class SqsFixture implements AutoCloseable {
  static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:4566"));

  private static final Caller CALLER =
      new Caller.Operator("arn:aws:iam::000000000000:root", "test");

  final Map<String, Double> sums = new ConcurrentHashMap<>();
  final Metrics metrics =
      (namespace, metric, dimensions, value, unit) ->
          sums.merge(dimensions.get("QueueName") + " " + metric, value, Double::sum);
  final SqsService sqs = new SqsService(CLOUD, metrics);

  <I extends SdkPojo, O extends SdkPojo> O call(I request, Class<O> response) {
    Action<I, O> action = action(request);
    return response.cast(action.handle(request, CALLER));
  }

  @SuppressWarnings("unchecked") // the table pairs each request with its own response
  private <I extends SdkPojo, O extends SdkPojo> Action<I, O> action(I request) {
    return (Action<I, O>) Objects.requireNonNull(sqs.actions().byRequest().get(request.getClass()));
  }

  /** Starts a receive as the gateway does: the answer may come later. */
  CompletableFuture<ReceiveMessageResponse> begin(ReceiveMessageRequest request) {
    Action<ReceiveMessageRequest, ReceiveMessageResponse> action = action(request);
    return action.begin(request, CALLER).toCompletableFuture();
  }

  String createQueue(String name, Map<String, String> attributes) {
    return call(
            CreateQueueRequest.builder().queueName(name).attributesWithStrings(attributes).build(),
            CreateQueueResponse.class)
        .queueUrl();
  }

  SendMessageResponse send(String url, String body) {
    return call(
        SendMessageRequest.builder().queueUrl(url).messageBody(body).build(),
        SendMessageResponse.class);
  }

  List<Message> receive(String url, int waitSeconds) {
    return call(
            ReceiveMessageRequest.builder()
                .queueUrl(url)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(waitSeconds)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                .messageAttributeNames("All")
                .build(),
            ReceiveMessageResponse.class)
        .messages();
  }

  @Override
  public void close() {
    sqs.close();
  }
}
