package io.pipelab.verify.check.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** An API's access log has a JSON line a call, each with these members. */
public record AccessLogLines(String logGroup, List<String> members) implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static final CheckType TYPE =
      CheckType.named("access-log")
          .needs("logGroup", "members")
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings -> new AccessLogLines(settings.text("logGroup"), settings.texts("members")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("a line a call with " + String.join(", ", members));
    List<JsonNode> lines;
    try {
      lines =
          scope
              .clients()
              .logs()
              .filterLogEventsPaginator(filter -> filter.logGroupName(logGroup))
              .events()
              .stream()
              .map(AccessLogLines::json)
              .toList();
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
    if (lines.isEmpty()) {
      return claim.notYet("no line in " + logGroup);
    }
    List<String> missing = new ArrayList<>(members);
    JsonNode last = lines.get(lines.size() - 1);
    missing.removeIf(last::has);
    long failed = lines.stream().filter(line -> line.path("status").asInt() >= 500).count();
    String actual = lines.size() + " lines, " + failed + " of calls that failed";
    return missing.isEmpty()
        ? claim.holds(actual)
        : claim.never("a line without " + String.join(", ", missing));
  }

  private static JsonNode json(FilteredLogEvent event) {
    try {
      return JSON.readTree(event.message());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
