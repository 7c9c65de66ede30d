package io.pipelab.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Refusals as text: who, what, on what, why, and the statement that would allow it. */
public final class DenialText {
  private DenialText() {}

  /**
   * The lines for refusals.
   *
   * @param denied as the embedded cloud tells them, the latest first
   * @param whole with the statement to paste; else one short paragraph each
   */
  public static List<String> lines(JsonNode denied, boolean whole) {
    List<String> lines = new ArrayList<>();
    for (JsonNode each : denied) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(head(each));
      if (each.has("statement")) {
        lines.addAll(statement(each, whole || denied.size() == 1));
      } else {
        lines.addAll(denying(each));
      }
    }
    return lines;
  }

  private static List<String> head(JsonNode denial) {
    int times = denial.path("times").asInt();
    return List.of(
        denial.path("time").asText()
            + "  "
            + denial.path("action").asText()
            + (times > 1 ? ", " + times + " times" : ""),
        "  who   " + denial.path("caller").asText(),
        "  on    " + denial.path("resource").asText());
  }

  private static List<String> denying(JsonNode denial) {
    String sid = denial.path("sid").asText("");
    String statement =
        sid.isEmpty() || sid.equals("null")
            ? "statement " + denial.path("statementNumber").asInt()
            : "statement " + denial.path("statementNumber").asInt() + " (" + sid + ")";
    return List.of(
        "  why   "
            + statement
            + " of the "
            + denial.path("policyKind").asText()
            + " "
            + denial.path("policy").asText()
            + " denies it",
        "  fix   no statement can allow it beside that one: narrow or remove the denial");
  }

  private static List<String> statement(JsonNode denial, boolean whole) {
    String kind = denial.path("policyKind").asText();
    List<String> lines = new ArrayList<>();
    lines.add("  why   no " + kind + " allows it");
    if (!whole) {
      lines.add("  fix   pipelab explain denied " + denial.path("id").asText());
      return lines;
    }
    lines.add("  fix   add this statement to the " + where(denial, kind) + ":");
    denial.path("statement").asText().lines().forEach(line -> lines.add("    " + line));
    return lines;
  }

  private static String where(JsonNode denial, String kind) {
    String caller = denial.path("caller").asText();
    String[] parts = caller.split("/");
    if (kind.equals("identity-based policy") && caller.contains(":assumed-role/")) {
      return "policies of the role " + parts[1];
    }
    if (kind.equals("identity-based policy")) {
      return "policies of the user " + parts[parts.length - 1];
    }
    return kind;
  }
}
