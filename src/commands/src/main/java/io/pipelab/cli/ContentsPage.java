package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.DriveSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One lab's table of contents: its goals, its phases with what each adds, and their steps.
 *
 * @param standing the last phase that stands; empty when none does
 */
record ContentsPage(Lab lab, String standing) {
  private static final int WIDTH = 96;

  List<String> text() {
    List<String> lines = new ArrayList<>();
    if (!lab.goals().isEmpty()) {
      lines.addAll(List.of("", "goals"));
      lab.goals().forEach(goal -> lines.addAll(wrapped("  - ", goal)));
    }
    for (Phase phase : lab.phases().all()) {
      lines.addAll(List.of("", heading(phase)));
      phase.goals().forEach(goal -> lines.addAll(wrapped("  - ", goal)));
      if (!phase.resources().isEmpty()) {
        lines.addAll(wrapped("  adds: ", String.join(", ", phase.resources())));
      }
      if (!phase.drive().isEmpty()) {
        lines.add("  driven by: " + String.join(", ", actions(phase)));
      }
      lines.add("  steps");
      steps(phase).forEach(step -> lines.add(line(step)));
    }
    if (lab.phases().isEmpty()) {
      lines.addAll(List.of("", "steps"));
      lab.steps().forEach(step -> lines.add(line(step)));
    }
    return lines;
  }

  private String heading(Phase phase) {
    return "phase %d, %s: %s%s"
        .formatted(
            lab.phases().ids().indexOf(phase.id()) + 1,
            phase.id(),
            phase.title(),
            stands(phase) ? " (stands)" : "");
  }

  private boolean stands(Phase phase) {
    return lab.phases().stands(phase.id(), standing);
  }

  private String line(StepSpec step) {
    int width = lab.steps().stream().mapToInt(each -> each.id().length()).max().orElse(0);
    return ("    %-" + width + "s  %s").formatted(step.id(), step.title());
  }

  private List<StepSpec> steps(Phase phase) {
    return lab.steps().stream().filter(step -> step.phase().equals(phase.id())).toList();
  }

  private static List<String> actions(Phase phase) {
    return phase.drive().stream().map(DriveSpec::action).distinct().toList();
  }

  /** Lines of a text behind a lead, as wide as the lead is where it goes on. */
  private static List<String> wrapped(String lead, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(lead);
    boolean first = true;
    for (String word : text.split(" ")) {
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(lead.length()));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** The members that the lab has in a document beside those of every lab's. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("goals", lab.goals());
    json.put("standing", standing.isEmpty() ? null : standing);
    json.put("phases", lab.phases().all().stream().map(this::json).toList());
    json.put("steps", lab.steps().stream().map(ContentsPage::json).toList());
    return json;
  }

  private Map<String, Object> json(Phase phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", phase.id());
    json.put("title", phase.title());
    json.put("stands", stands(phase));
    json.put("goals", phase.goals());
    json.put("resources", phase.resources());
    json.put("drive", phase.drive().stream().map(DriveSpec::action).toList());
    json.put("steps", steps(phase).stream().map(StepSpec::id).toList());
    return json;
  }

  private static Map<String, Object> json(StepSpec step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", step.id());
    json.put("title", step.title());
    json.put("phase", step.phase().isEmpty() ? null : step.phase());
    json.put("hop", step.hop());
    return json;
  }
}
