package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Each poison message of the last load was received exactly so many times: the function's lines
 * {@code not stored: message ID, receive N} tell of each.
 */
public record PoisonReceives(String logGroup, long receives) implements Check {
  private static final Pattern LINE = Pattern.compile("not stored: message (\\S+), receive (\\d+)");

  public static final CheckType TYPE =
      CheckType.named("poison-receives")
          .needs("logGroup", "receives")
          .within(Duration.ofMinutes(15))
          .madeBy(
              settings ->
                  new PoisonReceives(settings.text("logGroup"), settings.number("receives")));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.load().isEmpty()) {
      return Observation.expect(receives + " receives of a poison message")
          .skipped("no message was sent that cannot be stored");
    }
    LoadRecord load = scope.load().get();
    Claim claim =
        Observation.expect(load.poison() + " poison messages, " + receives + " receives each");
    Map<String, TreeSet<Long>> byMessage = new TreeMap<>();
    try {
      scope
          .clients()
          .logs()
          .filterLogEventsPaginator(
              filter -> filter.logGroupName(logGroup).startTime(load.startedAt().toEpochMilli()))
          .events()
          .forEach(event -> add(event.message(), byMessage));
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
    List<String> counts = new ArrayList<>();
    boolean tooMany = byMessage.size() > load.poison();
    boolean all = byMessage.size() == load.poison();
    for (TreeSet<Long> each : byMessage.values()) {
      counts.add(each.size() + " receives");
      tooMany |= each.size() > receives;
      all &= each.size() == receives;
    }
    String actual =
        byMessage.size() + " messages that were not stored: " + String.join(", ", counts);
    return tooMany ? claim.never(actual) : all ? claim.holds(actual) : claim.notYet(actual);
  }

  private static void add(String line, Map<String, TreeSet<Long>> byMessage) {
    Matcher found = LINE.matcher(line);
    if (found.find()) {
      byMessage
          .computeIfAbsent(found.group(1), id -> new TreeSet<>())
          .add(Long.parseLong(found.group(2)));
    }
  }
}
