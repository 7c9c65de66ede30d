package io.pipelab.verify.check.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.lab.Settings;
import io.pipelab.target.HttpCaller;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API answers calls, one after the other, as it should. What such calls create they must
 * delete themselves: the check leaves nothing.
 */
public record ApiCalls(String url, List<Call> calls) implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One call and its answer.
   *
   * @param path may hold {@code {name}}, which an earlier answer's member of that name stands for
   * @param data the body to send; null for none
   * @param has members that the answer's JSON must have, with these values
   * @param keep members of the answer that later calls name
   */
  record Call(
      String method,
      String path,
      @Nullable Object data,
      long status,
      Map<String, String> has,
      List<String> keep) {
    static Call of(Settings settings) {
      Map<String, Object> data = settings.inner("data");
      return new Call(
          settings.text("method"),
          settings.text("path"),
          settings.has("data") ? data : null,
          settings.number("status"),
          settings.map("has"),
          settings.texts("keep"));
    }

    @Override
    public String toString() {
      return method + " " + path + " " + status;
    }
  }

  public static final CheckType TYPE =
      CheckType.named("api-calls")
          .needs("url", "calls")
          .within(Duration.ofMinutes(2))
          .madeBy(
              settings ->
                  new ApiCalls(
                      settings.text("url"),
                      settings.each("calls").stream().map(Call::of).toList()));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(String.join(", ", calls.stream().map(Call::toString).toList()));
    HttpCaller http = new HttpCaller();
    Map<String, String> kept = new HashMap<>();
    List<String> seen = new ArrayList<>();
    for (Call call : calls) {
      String path = call.path();
      for (Map.Entry<String, String> each : kept.entrySet()) {
        path = path.replace("{" + each.getKey() + "}", each.getValue());
      }
      try {
        HttpCaller.Answer answer = http.call(call.method(), url, path, body(call));
        String wrong = fault(call, answer, kept);
        if (wrong != null) {
          return claim.lacks(call.method() + " " + path + ": " + wrong);
        }
        seen.add(call.method() + " " + call.path() + " " + answer.status());
      } catch (IOException e) {
        return claim.lacks(call.method() + " " + url + path + " has no answer: " + e.getMessage());
      }
    }
    return claim.holds(String.join(", ", seen));
  }

  private static @Nullable String body(Call call) throws JsonProcessingException {
    return call.data() == null ? null : JSON.writeValueAsString(call.data());
  }

  /** What is wrong with an answer, or null. */
  private static @Nullable String fault(
      Call call, HttpCaller.Answer answer, Map<String, String> kept) {
    if (answer.status() != call.status()) {
      return answer.status() + " instead of " + call.status() + " " + shortened(answer.body());
    }
    if (call.has().isEmpty() && call.keep().isEmpty()) {
      return null;
    }
    JsonNode json;
    try {
      json = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return "an answer that is not JSON: " + shortened(answer.body());
    }
    for (Map.Entry<String, String> each : call.has().entrySet()) {
      String value = json.path(each.getKey()).asText();
      if (!value.equals(each.getValue())) {
        return each.getKey() + " is \"" + value + "\", not \"" + each.getValue() + "\"";
      }
    }
    for (String name : call.keep()) {
      if (json.path(name).asText().isEmpty()) {
        return "the answer has no " + name + ": " + shortened(answer.body());
      }
      kept.put(name, json.path(name).asText());
    }
    return null;
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ");
    return line.length() > 120 ? line.substring(0, 120) + "..." : line;
  }
}
