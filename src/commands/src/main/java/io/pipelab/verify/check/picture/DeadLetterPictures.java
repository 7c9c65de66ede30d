package io.pipelab.verify.check.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.queue.QueueAttributes;
import io.pipelab.verify.check.queue.QueueDepth;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A dead-letter queue holds the messages about the broken pictures of a bucket, and no other. */
public record DeadLetterPictures(String queue, String bucket, String ingest, String suffix)
    implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** SQS answers from a few of its servers at a time: one asks again for what is still missing. */
  private static final int MOST_RECEIVES = 20;

  public static final CheckType TYPE =
      CheckType.named("dead-letter-pictures")
          .needs("queue", "bucket", "ingest", "suffix")
          // Three tries, a visibility timeout apart; those are real minutes also where minutes are
          // short.
          .within(Duration.ofMinutes(30))
          .madeBy(
              settings ->
                  new DeadLetterPictures(
                      settings.text("queue"),
                      settings.text("bucket"),
                      settings.text("ingest"),
                      settings.text("suffix")));

  @Override
  public Observation look(CheckScope scope) {
    Set<String> broken = broken(scope);
    Claim claim =
        Observation.expect(
            broken.isEmpty() ? "no dead letter" : "dead letters of " + String.join(", ", broken));
    SqsClient sqs = scope.clients().sqs();
    Set<String> letters;
    try {
      Map<String, String> attributes = QueueAttributes.of(sqs, queue);
      long count =
          QueueDepth.number(attributes, "ApproximateNumberOfMessages")
              + QueueDepth.number(attributes, "ApproximateNumberOfMessagesNotVisible");
      letters = letters(sqs, count);
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("there is no queue " + QueueAttributes.name(queue));
    }
    if (letters.equals(broken)) {
      return claim.holds(letters.isEmpty() ? "none" : "of " + String.join(", ", letters));
    }
    Set<String> others = new TreeSet<>(letters);
    others.removeAll(broken);
    if (!others.isEmpty()) {
      return claim.never("also of " + String.join(", ", others));
    }
    return claim.notYet(letters.isEmpty() ? "none yet" : "of " + String.join(", ", letters));
  }

  private Set<String> broken(CheckScope scope) {
    PictureFolder folder = new PictureFolder(scope.clients().s3(), bucket);
    Set<String> broken = new TreeSet<>();
    folder
        .below(ingest)
        .forEach(
            (key, object) -> {
              if (key.endsWith(suffix) && folder.read(object).broken()) {
                broken.add(key);
              }
            });
    return broken;
  }

  /** The pictures that the messages are about. The messages stay where they are. */
  private Set<String> letters(SqsClient sqs, long count) {
    Map<String, String> byId = new HashMap<>();
    for (int i = 0; i < MOST_RECEIVES && byId.size() < count; i++) {
      for (Message message :
          sqs.receiveMessage(
                  receive ->
                      receive
                          .queueUrl(queue)
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(count > 10 ? 2 : 0)
                          .waitTimeSeconds(1))
              .messages()) {
        byId.put(message.messageId(), picture(message.body()));
      }
    }
    return new TreeSet<>(byId.values());
  }

  private static String picture(String body) {
    try {
      JsonNode event = JSON.readTree(JSON.readTree(body).path("Message").asText());
      String key = event.at("/Records/0/s3/object/key").asText();
      return key.isEmpty()
          ? "a message that is not a S3 event"
          : URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      return "a message that is not a S3 event";
    }
  }
}
