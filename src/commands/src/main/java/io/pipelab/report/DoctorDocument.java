package io.pipelab.report;

import io.pipelab.target.Failure;
import io.pipelab.workflow.doctor.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an examination found: one line a finding, and as JSON. */
public record DoctorDocument(String lab, String target, List<Finding> findings) {
  private static final String SCHEMA = "pipelab.doctor/1";

  /** The reason of the first finding that stops the lab; null when none does. */
  public Failure.@Nullable Kind firstStop() {
    return findings.stream()
        .filter(finding -> finding.status() == Finding.Status.STOPS)
        .map(Finding::stops)
        .findFirst()
        .orElse(null);
  }

  /** Mark, what was seen, what to do; and one sentence at the end. */
  public List<String> text(Style style) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String next = finding.next();
      lines.add(
          mark(finding, style)
              + "  "
              + finding.what().replaceAll("\\s*\\R\\s*", " ")
              + (next == null ? "" : style.faint(" -> ") + next));
    }
    long stops = stops();
    lines.add(
        stops == 0
            ? "nothing stops a lab on " + target
            : stops + (stops == 1 ? " thing stops" : " things stop") + " a lab on " + target);
    return lines;
  }

  /** The document. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("lab", lab.isEmpty() ? null : lab);
    json.put("target", target);
    json.put("stops", stops());
    json.put("findings", findings.stream().map(DoctorDocument::json).toList());
    return json;
  }

  private long stops() {
    return findings.stream().filter(f -> f.status() == Finding.Status.STOPS).count();
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", finding.id());
    json.put("status", finding.status().name().toLowerCase(Locale.ROOT));
    json.put("what", finding.what());
    json.put("next", finding.next());
    return json;
  }

  private static String mark(Finding finding, Style style) {
    return switch (finding.status()) {
      case OK -> style.good("ok  ");
      case NOTE -> style.odd("note");
      case STOPS -> style.bad("STOP");
    };
  }
}
