package io.pipelab.workflow.byname;

import io.pipelab.lab.ShellCommand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A queue of Amazon SQS. */
final class FindQueue implements PartKind {
  @Override
  public String word() {
    return "queue";
  }

  @Override
  public Set<String> facts() {
    return Set.of("url", "name", "arn");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    SqsClient sqs = search.clients().sqs();
    if (name.open()) {
      return sqs
          .listQueuesPaginator(list -> list.queueNamePrefix(name.beginning()))
          .queueUrls()
          .stream()
          .map(url -> part(sqs, url))
          .toList();
    }
    try {
      return List.of(part(sqs, sqs.getQueueUrl(get -> get.queueName(name.text())).queueUrl()));
    } catch (QueueDoesNotExistException e) {
      return List.of();
    }
  }

  private static Part part(SqsClient sqs, String url) {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(
                get ->
                    get.queueUrl(url)
                        .attributeNames(
                            QueueAttributeName.QUEUE_ARN, QueueAttributeName.CREATED_TIMESTAMP))
            .attributes();
    String name = url.substring(url.lastIndexOf('/') + 1);
    String arn = attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    String created = attributes.get(QueueAttributeName.CREATED_TIMESTAMP);
    return new Part(
        "AWS::SQS::Queue",
        name,
        url,
        Map.of("url", url, "name", name, "arn", arn),
        created == null ? null : Instant.ofEpochSecond(Long.parseLong(created)));
  }

  @Override
  public Optional<ShellCommand> making(WantedName name) {
    return Optional.of(ShellCommand.of("aws", "sqs", "create-queue", "--queue-name", name.text()));
  }
}
