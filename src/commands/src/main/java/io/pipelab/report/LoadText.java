package io.pipelab.report;

import io.pipelab.drive.LoadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a load came to, as lines and as JSON. */
public final class LoadText {
  private LoadText() {}

  /** Totals, and a line for each reason why something was not sent. */
  public static List<String> lines(LoadResult result) {
    List<String> lines = new ArrayList<>();
    double seconds = seconds(result);
    lines.add(
        "sent %d of %d in %s%s (run %s)"
            .formatted(
                result.sent(),
                result.asked(),
                Seconds.text(seconds),
                seconds > 0
                    ? String.format(Locale.ROOT, ", %.0f a second", result.sent() / seconds)
                    : "",
                result.runId()));
    lines.add(
        "retried %d, failed %d, uncertain %d, not tried %d"
            .formatted(result.retried(), result.failed(), result.uncertain(), result.unsent()));
    if (result.halted() != null) {
      lines.add("  given up: " + result.halted());
    }
    for (LoadResult.Failure failure : result.failures()) {
      lines.add(
          "  %d not acknowledged: %s, %s"
              .formatted(failure.count(), failure.code(), failure.reason()));
    }
    if (result.uncertain() > 0) {
      lines.add(
          "  " + result.uncertain() + " uncertain: no answer says whether the queue took them");
    }
    if (result.maybeTwice() > 0) {
      lines.add("  " + result.maybeTwice() + " may be there twice: a first try had no answer");
    }
    return lines;
  }

  /** One document. */
  public static Map<String, Object> json(LoadResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.load-queue/1");
    json.put("run", result.runId());
    json.put("asked", result.asked());
    json.put("sent", result.sent());
    json.put("retried", result.retried());
    json.put("failed", result.failed());
    json.put("unsent", result.unsent());
    json.put("uncertain", result.uncertain());
    json.put("maybeTwice", result.maybeTwice());
    json.put("halted", result.halted());
    json.put("seconds", seconds(result));
    json.put("failures", result.failures().stream().map(LoadText::json).toList());
    return json;
  }

  private static Map<String, Object> json(LoadResult.Failure failure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", failure.code());
    json.put("reason", failure.reason());
    json.put("count", failure.count());
    return json;
  }

  private static double seconds(LoadResult result) {
    return result.elapsed().toMillis() / 1000.0;
  }
}
