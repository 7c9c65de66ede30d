package io.pipelab.verify.check.topic;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.Sent;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The last message that was published to a topic is spoken of in a function's log. */
public record PublishedInLog(String topic, String logGroup) implements Check {
  /** Functions log long messages only in part. */
  private static final int ENOUGH = 200;

  public static final CheckType TYPE =
      CheckType.named("published-in-log")
          .needs("topic", "logGroup")
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings -> new PublishedInLog(settings.text("topic"), settings.text("logGroup")));

  @Override
  public Observation look(CheckScope scope) {
    Optional<Sent.Message> sent = scope.messageTo(topic);
    if (sent.isEmpty()) {
      return Observation.expect("a published message").skipped("nothing was published");
    }
    Sent.Message message = sent.get();
    String line = message.text().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String text = line.substring(0, Math.min(ENOUGH, line.length()));
    Claim claim = Observation.expect("\"" + text + "\" in " + logGroup);
    try {
      boolean found =
          scope
              .clients()
              .logs()
              .filterLogEventsPaginator(
                  filter ->
                      filter.logGroupName(logGroup).startTime(message.startedAt().toEpochMilli()))
              .events()
              .stream()
              .anyMatch(event -> event.message().contains(text));
      return found ? claim.holds("it is there") : claim.notYet("it is not there");
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
  }
}
