package io.pipelab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.drive.InvokeFunction.Invoked;
import io.pipelab.drive.ReportLine;
import io.pipelab.drive.envelope.ExactJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of an invocation, as lines and as JSON. */
public final class InvokeText {
  private static final String INDENT = "  ";

  private InvokeText() {}

  /** The answer or the error, the log's tail, and the figures of its REPORT line. */
  public static List<String> lines(String function, Invoked invoked, Style style) {
    List<String> lines = new ArrayList<>();
    String of = function + (invoked.version() == null ? "" : " " + invoked.version());
    if (invoked.error() == null) {
      lines.add(style.good("answer") + " of " + of);
      lines.addAll(indented(pretty(invoked.payload())));
    } else {
      lines.add(style.bad("error") + " of " + of + " (" + invoked.error() + ")");
      lines.addAll(error(invoked.payload(), style));
    }
    if (!invoked.log().isEmpty()) {
      lines.add(style.good("log") + ", its last 4 KB at most");
      invoked.log().forEach(line -> lines.add(INDENT + line));
    }
    ReportLine.in(invoked.log()).ifPresent(report -> lines.add(figures(report, style)));
    return lines;
  }

  private static String figures(ReportLine report, Style style) {
    BigDecimal init = report.init();
    return style.good("took")
        + " %s ms%s, billed %s ms, %d of %d MB%s"
            .formatted(
                report.duration().toPlainString(),
                init == null ? ", warm" : " after an init of " + init.toPlainString() + " ms",
                report.billed().toPlainString(),
                report.used(),
                report.memory(),
                report.status() == null ? "" : ", " + style.bad("status " + report.status()));
  }

  /** Type and message, then the trace; of its causes, too. */
  private static List<String> error(String payload, Style style) {
    Optional<JsonNode> json = json(payload);
    if (json.isEmpty() || !json.get().isObject()) {
      return indented(payload);
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode e = json.get(); e.isObject(); e = e.path("cause")) {
      String type = e.path("errorType").asText("");
      String message = e.path("errorMessage").asText("");
      lines.addAll(
          indented(
              (lines.isEmpty() ? "" : "caused by ")
                  + (type.isEmpty() ? message : type + ": " + message)));
      for (String trace : trace(e)) {
        lines.add(INDENT + INDENT + style.faint(trace));
      }
    }
    return lines;
  }

  /** Java and Python write stackTrace, Node.js trace. */
  private static List<String> trace(JsonNode error) {
    JsonNode frames = error.has("stackTrace") ? error.path("stackTrace") : error.path("trace");
    List<String> lines = new ArrayList<>();
    frames.forEach(frame -> frame.asText().lines().map(String::strip).forEach(lines::add));
    return lines;
  }

  /** The part of the document that is about the invocation. */
  public static Map<String, Object> json(Invoked invoked) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", invoked.version());
    json.put("requestId", invoked.requestId());
    json.put("status", invoked.status());
    json.put("functionError", invoked.error());
    Optional<JsonNode> payload = json(invoked.payload());
    json.put("error", invoked.error() == null ? null : payload.map(InvokeText::error).orElse(null));
    json.put("payload", payload.<Object>map(tree -> tree).orElse(invoked.payload()));
    json.put("log", invoked.log());
    json.put("report", ReportLine.in(invoked.log()).map(InvokeText::report).orElse(null));
    return json;
  }

  private static Map<String, Object> error(JsonNode payload) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", payload.path("errorType").asText(""));
    json.put("message", payload.path("errorMessage").asText(""));
    json.put("trace", trace(payload));
    return json;
  }

  private static Map<String, Object> report(ReportLine report) {
    BigDecimal init = report.init();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("requestId", report.requestId());
    json.put("durationMs", report.duration().doubleValue());
    json.put("billedMs", report.billed().doubleValue());
    json.put("initMs", init == null ? null : init.doubleValue());
    json.put("memoryMb", report.memory());
    json.put("usedMb", report.used());
    json.put("status", report.status());
    return json;
  }

  private static String pretty(String payload) {
    return json(payload)
        .filter(JsonNode::isContainerNode)
        .map(ExactJson::pretty)
        .orElse(payload.isEmpty() ? "(nothing)" : payload);
  }

  private static Optional<JsonNode> json(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ExactJson.read(text));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // a function that streams may answer any bytes
    }
  }

  private static List<String> indented(String text) {
    return text.lines().map(line -> INDENT + line).toList();
  }
}
