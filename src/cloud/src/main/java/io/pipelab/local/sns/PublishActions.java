package io.pipelab.local.sns;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

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
    String topicArn = request.topicArn() == null ? request.targetArn() : request.topicArn();
    if (topicArn == null) {
      throw PublicationRules.invalid(
          "TopicArn or TargetArn Reason: no value for required parameter");
    }
    Published published = publisher.publish(topicArn, Publication.of(request), caller);
    return PublishResponse.builder()
        .messageId(published.messageId())
        .sequenceNumber(published.sequenceNumber())
        .build();
  }

  /** All entries are checked before one is published: what is wrong with one refuses them all. */
  private PublishBatchResponse publishBatch(PublishBatchRequest request, Caller caller) {
    List<PublishBatchRequestEntry> entries = request.publishBatchRequestEntries();
    checkEntries(entries);
    Topic topic = publisher.admitting(request.topicArn(), caller);
    List<Publication> publications = entries.stream().map(Publication::of).toList();
    publications.forEach(each -> PublicationRules.check(topic, each));
    checkTotal(publications);
    List<PublishBatchResultEntry> successful = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (PublishBatchRequestEntry entry : entries) {
      try {
        Published published = publisher.publish(topic, Publication.of(entry));
        successful.add(
            PublishBatchResultEntry.builder()
                .id(entry.id())
                .messageId(published.messageId())
                .sequenceNumber(published.sequenceNumber())
                .build());
      } catch (AwsError e) {
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

  private static void checkTotal(List<Publication> publications) {
    if (publications.stream().mapToInt(PublicationRules::bytes).sum()
        > PublicationRules.MOST_BYTES) {
      throw AwsError.badRequest(
          "BatchRequestTooLong",
          "The length of all the batch messages put together is more than the limit.");
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
      if (!ENTRY_ID.matcher(entry.id()).matches()) {
        throw AwsError.badRequest(
            "InvalidBatchEntryId",
            "The Id of a batch entry in a batch request doesn't abide by the specification.");
      }
      if (!ids.add(entry.id())) {
        throw AwsError.badRequest(
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.");
      }
    }
  }
}
