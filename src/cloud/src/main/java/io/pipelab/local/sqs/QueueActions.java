package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.sqs.engine.QueueRefusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
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
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

/** The actions on queues themselves. */
final class QueueActions {
  /** Names that GetQueueAttributes knows though a queue may not have a value for them. */
  private static final Set<String> KNOWN_ATTRIBUTES =
      Set.of(
          "All",
          "Policy",
          "RedrivePolicy",
          "RedriveAllowPolicy",
          "KmsMasterKeyId",
          "KmsDataKeyReusePeriodSeconds",
          "FifoQueue",
          "ContentBasedDeduplication",
          "DeduplicationScope",
          "FifoThroughputLimit");

  private final Queues queues;
  private final InstantSource wall;

  QueueActions(Queues queues, InstantSource wall) {
    this.queues = queues;
    this.wall = wall;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateQueueRequest.class, this::createQueue)
        .on(GetQueueUrlRequest.class, this::getQueueUrl)
        .on(ListQueuesRequest.class, this::listQueues)
        .on(GetQueueAttributesRequest.class, this::getQueueAttributes)
        .on(SetQueueAttributesRequest.class, this::setQueueAttributes)
        .on(PurgeQueueRequest.class, this::purgeQueue)
        .on(DeleteQueueRequest.class, this::deleteQueue)
        .on(ListDeadLetterSourceQueuesRequest.class, this::listDeadLetterSourceQueues);
  }

  private CreateQueueResponse createQueue(CreateQueueRequest request) {
    String name = required(request.queueName(), "QueueName");
    Queue queue = queues.create(name, request.attributesAsStrings(), request.tags());
    return CreateQueueResponse.builder().queueUrl(queue.url).build();
  }

  private GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    Queue queue = queues.byName(required(request.queueName(), "QueueName"));
    return GetQueueUrlResponse.builder().queueUrl(queue.url).build();
  }

  private ListQueuesResponse listQueues(ListQueuesRequest request) {
    String prefix = request.queueNamePrefix() == null ? "" : request.queueNamePrefix();
    List<Queue> matching =
        queues.all().stream().filter(queue -> queue.name.startsWith(prefix)).toList();
    QueuePage page = QueuePage.of(matching, request.maxResults(), request.nextToken());
    return ListQueuesResponse.builder()
        .queueUrls(page.urls().isEmpty() ? null : page.urls())
        .nextToken(page.next())
        .build();
  }

  private ListDeadLetterSourceQueuesResponse listDeadLetterSourceQueues(
      ListDeadLetterSourceQueuesRequest request) {
    List<Queue> sources = queues.sourcesOf(queues.byUrl(request.queueUrl()));
    QueuePage page = QueuePage.of(sources, request.maxResults(), request.nextToken());
    return ListDeadLetterSourceQueuesResponse.builder()
        .queueUrls(page.urls())
        .nextToken(page.next())
        .build();
  }

  private GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    List<String> names = request.attributeNamesAsStrings();
    if (names.isEmpty()) {
      return GetQueueAttributesResponse.builder().build();
    }
    Map<String, String> all = all(queue);
    for (String name : names) {
      if (!all.containsKey(name) && !KNOWN_ATTRIBUTES.contains(name)) {
        throw AwsError.badRequest("InvalidAttributeName", "Unknown Attribute " + name + ".");
      }
    }
    if (!names.contains("All")) {
      all.keySet().retainAll(names);
    }
    return GetQueueAttributesResponse.builder()
        .attributesWithStrings(all.isEmpty() ? null : all)
        .build();
  }

  /** Every attribute of the queue, the counts of its messages included. */
  static Map<String, String> all(Queue queue) {
    Map<String, String> all = new TreeMap<>(queue.attributes());
    Queues.depth(queue)
        .ifPresent(
            depth -> {
              all.put("ApproximateNumberOfMessages", String.valueOf(depth.visible()));
              all.put("ApproximateNumberOfMessagesNotVisible", String.valueOf(depth.inFlight()));
              all.put("ApproximateNumberOfMessagesDelayed", String.valueOf(depth.delayed()));
            });
    return all;
  }

  private SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    if (request.attributesAsStrings().isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter Attribute.Name.");
    }
    queues.change(queue, request.attributesAsStrings());
    return SetQueueAttributesResponse.builder().build();
  }

  private PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    if (!queue.purge(wall.instant())) {
      throw AwsError.accessDenied(
          "PurgeQueueInProgress",
          "Only one PurgeQueue operation on " + queue.name + " is allowed every 60 seconds.");
    }
    try {
      queue.messages.purge();
    } catch (QueueRefusal refusal) {
      throw Refusals.of(refusal, "");
    }
    return PurgeQueueResponse.builder().build();
  }

  private DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
    queues.delete(queues.byUrl(request.queueUrl()));
    return DeleteQueueResponse.builder().build();
  }

  private static String required(@Nullable String value, String parameter) {
    if (value == null || value.isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter " + parameter + ".");
    }
    return value;
  }
}
