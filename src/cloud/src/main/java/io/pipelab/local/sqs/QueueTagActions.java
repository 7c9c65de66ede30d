package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.TagList;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsResponse;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/** TagQueue, UntagQueue and ListQueueTags. */
final class QueueTagActions {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;

  private final Queues queues;

  QueueTagActions(Queues queues) {
    this.queues = queues;
  }

  void addTo(Actions actions) {
    actions
        .on(TagQueueRequest.class, this::tagQueue)
        .on(UntagQueueRequest.class, this::untagQueue)
        .on(ListQueueTagsRequest.class, this::listQueueTags);
  }

  private TagQueueResponse tagQueue(TagQueueRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    if (request.tags().isEmpty()) {
      throw AwsError.badRequest("MissingParameter", "The request must contain the parameter Tags.");
    }
    checkKeys(request.tags().keySet());
    if (TagList.merged(queue.tags(), request.tags()).size() > MAX_TAGS) {
      throw MessageRules.invalid("Too many tags added for queue " + queue.name + ".");
    }
    queue.tags().putAll(request.tags());
    return TagQueueResponse.builder().build();
  }

  private UntagQueueResponse untagQueue(UntagQueueRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    checkKeys(request.tagKeys());
    request.tagKeys().forEach(queue.tags()::remove);
    return UntagQueueResponse.builder().build();
  }

  private static void checkKeys(Collection<String> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.isEmpty() || key.length() > MAX_KEY)) {
      throw MessageRules.invalid("Tag keys must be between 1 and 128 characters in length.");
    }
  }

  private ListQueueTagsResponse listQueueTags(ListQueueTagsRequest request) {
    Map<String, String> tags = Map.copyOf(queues.byUrl(request.queueUrl()).tags());
    return tags.isEmpty()
        ? ListQueueTagsResponse.builder().build()
        : ListQueueTagsResponse.builder().tags(tags).build();
  }
}
