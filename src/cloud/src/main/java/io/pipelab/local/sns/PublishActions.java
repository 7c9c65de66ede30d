package io.pipelab.local.sns;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/** Publish and PublishBatch. */
final class PublishActions {
  private static final int MOST_ENTRIES = 10;

  private final Publisher publisher;

  PublishActions(Publisher publisher) {
    this.publisher = publisher;
  }

  void addTo(Actions actions) {
    actions
        .on(PublishRequest.class, this::publish)
        .on(PublishBatchRequest.class, this::publishBatch);
  }

  private PublishResponse publish(PublishRequest request, Caller caller) {
    if (request.phoneNumber() != null) {
      throw AwsError.notImplemented("sns:Publish to a phone number");
    }
    refuseDeduplication(request.messageDeduplicationId());
    String topicArn = request.topicArn() == null ? request.targetArn() : request.topicArn();
    String id =
        publisher.publish(
            topicArn,
            request.subject(),
            request.message(),
            request.messageStructure(),
            request.messageAttributes(),
            caller);
    return PublishResponse.builder().messageId(id).build();
  }

  private PublishBatchResponse publishBatch(PublishBatchRequest request, Caller caller) {
    checkEntries(request.publishBatchRequestEntries());
    List<PublishBatchResultEntry> successful = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (PublishBatchRequestEntry entry : request.publishBatchRequestEntries()) {
      try {
        refuseDeduplication(entry.messageDeduplicationId());
        String id =
            publisher.publish(
                request.topicArn(),
                entry.subject(),
                entry.message(),
                entry.messageStructure(),
                entry.messageAttributes(),
                caller);
        successful.add(PublishBatchResultEntry.builder().id(entry.id()).messageId(id).build());
      } catch (AwsError e) {
        if (!e.code().equals("InvalidParameter") && !e.code().equals("ParameterValueInvalid")) {
          throw e;
        }
        failed.add(
            BatchResultErrorEntry.builder()
                .id(entry.id())
                .code(e.code())
                .message(e.getMessage())
                .senderFault(true)
                .build());
      }
    }
    return PublishBatchResponse.builder().successful(successful).failed(failed).build();
  }

  /** All topics here are standard ones. */
  private static void refuseDeduplication(@Nullable String id) {
    if (id != null) {
      throw AwsError.badRequest(
          "InvalidParameter",
          "Invalid parameter: MessageDeduplicationId Reason: The request includes"
              + " MessageDeduplicationId parameter that is not valid for this topic type");
    }
  }

  private static void checkEntries(List<PublishBatchRequestEntry> entries) {
    if (entries.isEmpty()) {
      throw AwsError.badRequest(
          "EmptyBatchRequest", "The batch request doesn't contain any entries.");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw AwsError.badRequest(
          "TooManyEntriesInBatchRequest",
          "The batch request contains more entries than permissible.");
    }
    Set<String> ids = new HashSet<>();
    for (PublishBatchRequestEntry entry : entries) {
      if (!ids.add(entry.id())) {
        throw AwsError.badRequest(
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.");
      }
    }
  }
}
