package io.pipelab.report;

import io.pipelab.workflow.look.StatusLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A lab at a glance, as aligned lines and as JSON. */
public final class StatusTable {
  private StatusTable() {}

  /** Three columns: kind, name, state. */
  public static List<String> text(List<StatusLine> lines, Style style) {
    int kind = lines.stream().mapToInt(line -> line.kind().length()).max().orElse(0);
    int name = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    return lines.stream()
        .map(
            line ->
                style.faint(padded(line.kind(), kind))
                    + "  "
                    + padded(line.name(), name)
                    + "  "
                    + painted(line.text(), style))
        .toList();
  }

  /** One object a thing. */
  public static List<Map<String, Object>> json(List<StatusLine> lines) {
    return lines.stream().map(StatusTable::json).toList();
  }

  private static Map<String, Object> json(StatusLine line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", line.kind());
    json.put("name", line.name());
    json.putAll(line.facts());
    return json;
  }

  private static String painted(String text, Style style) {
    boolean bad =
        text.startsWith("ALARM") || text.contains("FAILED") || text.contains("with an error");
    return bad ? style.bad(text) : text;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
