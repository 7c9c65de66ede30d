package io.pipelab.lab.explain;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.Phase;
import io.pipelab.lab.explain.Topic.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A lab's page in {@code docs/labs}: what its folder tells, with titles and tables of its manifest.
 */
record LabPage(Lab lab, Explanation explanation) {
  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "<!-- Written by LabPagesTest from templates/%1$s/explain.md and lab.yaml: change those. -->"
            .formatted(lab.id()));
    boolean contents = false;
    for (Topic topic : explanation.topics()) {
      if (!contents && (topic.kind() == Kind.PHASE || topic.kind() == Kind.STEP)) {
        parts.add(contents());
        contents = true;
      }
      if (topic.id().equals("what-it-costs")) {
        parts.add("## Goals\n\n" + list(lab.goals()));
      }
      parts.add(heading(topic) + body(topic));
      if (topic.kind() == Kind.PHASE) {
        parts.add("After it you can:\n\n" + list(lab.phases().phase(topic.id()).goals()));
      }
      if (topic.id().equals("what-it-costs")) {
        parts.add(cost());
      }
      if (topic.id().equals("what-to-try")) {
        parts.add(parameters());
      }
    }
    return String.join("\n\n", parts) + "\n";
  }

  private static String body(Topic topic) {
    String text = topic.markdown(figures -> Optional.empty());
    return text.isEmpty() ? "" : "\n\n" + text;
  }

  private String heading(Topic topic) {
    return switch (topic.kind()) {
      case LAB -> "# " + topic.heading();
      case SECTION -> "## " + topic.heading();
      case PHASE -> "## Phase `" + topic.id() + "`: " + lab.phases().phase(topic.id()).title();
      case STEP -> "### `" + topic.id() + "`: " + lab.step(topic.id()).title();
    };
  }

  private static String list(List<String> entries) {
    return entries.stream().map(entry -> "- " + entry).collect(Collectors.joining("\n"));
  }

  private String cost() {
    return String.format(
        Locale.ROOT,
        "While it is up and idle: about %.4f USD an hour. %s",
        lab.cost().hourlyUsd(),
        lab.cost().note());
  }

  private String contents() {
    List<String> lines = new ArrayList<>();
    lines.add("## The steps");
    lines.add("");
    lines.add("| phase | step | holds when | where |");
    lines.add("|---|---|---|---|");
    String last = "";
    for (Phase phase : lab.phases().all()) {
      for (StepSpec step : lab.steps()) {
        if (step.phase().equals(phase.id())) {
          String name = phase.id().equals(last) ? "" : "`" + phase.id() + "`";
          lines.add("| %s | `%s` | %s | %s |".formatted(name, step.id(), step.title(), step.hop()));
          last = phase.id();
        }
      }
    }
    return String.join("\n", lines);
  }

  private String parameters() {
    List<String> lines = new ArrayList<>();
    lines.add("## Parameters");
    lines.add("");
    lines.add("`pipelab up %s -P NAME=VALUE`; what is not given stays.".formatted(lab.id()));
    lines.add("");
    lines.add("| parameter | default | on the embedded cloud | what it is |");
    lines.add("|---|---|---|---|");
    lab.parameters()
        .forEach(
            (name, parameter) ->
                lines.add(
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            name,
                            parameter.value(),
                            parameter.local() == null ? "" : parameter.local(),
                            parameter.description())));
    return String.join("\n", lines);
  }
}
