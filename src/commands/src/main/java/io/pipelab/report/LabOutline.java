package io.pipelab.report;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.Phase;
import io.pipelab.lab.explain.Block;
import io.pipelab.lab.explain.Explanation;
import io.pipelab.lab.explain.Topic;
import io.pipelab.lab.explain.Topic.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What there is to tell of a lab: an overview, and each of its parts.
 *
 * @param arguments what names the lab's copy on a command line
 */
public record LabOutline(Lab lab, Explanation explanation, ExplainText text, String arguments) {
  private static final String SCHEMA = "pipelab.explain/1";

  /** The names that can be asked for. */
  public List<String> names() {
    return Stream.of(
            lab.steps().stream().map(StepSpec::id),
            lab.phases().ids().stream(),
            explanation.sections().stream().map(Topic::id))
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  /** The lab as a whole, its parts, and how to go on. */
  public List<String> overview() {
    List<String> lines = new ArrayList<>();
    lines.addAll(text.wrapped("**" + lab.id() + "**: " + lab.title(), "", "  "));
    explanation.lab().ifPresentOrElse(topic -> add(lines, topic), () -> add(lines, lab.summary()));
    for (Topic topic : explanation.introduction()) {
      lines.addAll(List.of("", text.style().strong(topic.heading())));
      lines.addAll(text.lines(topic.blocks()));
    }
    lines.addAll(goals(lab.goals(), "Goals"));
    lines.addAll(contents());
    List<Topic> more = explanation.sections();
    if (!more.isEmpty()) {
      lines.add("");
      lines.addAll(
          text.wrapped(
              "More: " + String.join(", ", more.stream().map(Topic::id).toList()), "", "  "));
    }
    List<String> verified = text.verified();
    if (!verified.isEmpty()) {
      lines.add("");
      lines.addAll(verified);
    }
    lines.addAll(List.of("", "next:"));
    lines.add("  " + text.pipelab() + " explain " + arguments + " " + lab.steps().get(0).id());
    String first = lab.phases().isEmpty() ? "" : " --phase " + lab.phases().ids().get(0);
    lines.add("  " + text.pipelab() + " up " + arguments + first);
    return lines;
  }

  private void add(List<String> lines, Topic topic) {
    lines.add("");
    lines.addAll(text.lines(topic.blocks()));
  }

  private void add(List<String> lines, String words) {
    lines.add("");
    lines.addAll(text.wrapped(words, "", ""));
  }

  private List<String> goals(List<String> goals, String heading) {
    List<String> lines = new ArrayList<>();
    if (!goals.isEmpty()) {
      lines.addAll(List.of("", text.style().strong(heading)));
      goals.forEach(goal -> lines.addAll(text.wrapped(goal, "  - ", "    ")));
    }
    return lines;
  }

  /** The steps, phase by phase. */
  private List<String> contents() {
    List<String> lines = new ArrayList<>();
    if (lab.phases().isEmpty()) {
      lines.addAll(List.of("", text.style().strong("Steps")));
      lab.steps().forEach(step -> lines.addAll(line(step)));
    }
    for (Phase phase : lab.phases().all()) {
      lines.add("");
      lines.addAll(text.wrapped("Phase **" + phase.id() + "**: " + phase.title(), "", "  "));
      steps(phase).forEach(step -> lines.addAll(line(step)));
    }
    return lines;
  }

  private List<StepSpec> steps(Phase phase) {
    return lab.steps().stream().filter(step -> step.phase().equals(phase.id())).toList();
  }

  private List<String> line(StepSpec step) {
    int width = lab.steps().stream().mapToInt(each -> each.id().length()).max().orElse(0);
    String first = "  " + step.id() + " ".repeat(width - step.id().length() + 2);
    return text.wrapped(step.title(), first, " ".repeat(first.length()));
  }

  /** A phase: what its author tells, its goals and its steps. */
  public List<String> phase(Phase phase) {
    List<String> lines = new ArrayList<>();
    String place = lab.phases().place(phase.id());
    lines.addAll(text.wrapped("Phase **" + place + "**: " + phase.title(), "", "  "));
    explanation.of(Kind.PHASE, phase.id()).ifPresent(topic -> add(lines, topic));
    lines.addAll(goals(phase.goals(), "Goals"));
    lines.addAll(List.of("", text.style().strong("Steps")));
    steps(phase).forEach(step -> lines.addAll(line(step)));
    lines.addAll(List.of("", "next:"));
    lines.add("  " + text.pipelab() + " up " + arguments + " --phase " + phase.id());
    return lines;
  }

  /** One step; its hints, where its author told nothing else. */
  public List<String> step(StepSpec step) {
    List<String> lines = new ArrayList<>();
    lines.addAll(text.wrapped("**" + step.id() + "**: " + step.title(), "", "  "));
    if (!step.hop().isEmpty()) {
      lines.add(text.style().faint(step.hop()));
    }
    lines.add("");
    List<Block> blocks = blocks(step);
    lines.addAll(blocks.isEmpty() ? hints(step) : text.lines(blocks));
    lines.add("");
    lines.addAll(text.verified(step, !text.tellsFigures(blocks)));
    int next = lab.steps().indexOf(step) + 1;
    if (next < lab.steps().size()) {
      String id = lab.steps().get(next).id();
      lines.addAll(
          List.of("", "next:", "  " + text.pipelab() + " explain " + arguments + " " + id));
    }
    return lines;
  }

  private List<Block> blocks(StepSpec step) {
    return explanation.of(Kind.STEP, step.id()).map(Topic::blocks).orElse(List.of());
  }

  private List<String> hints(StepSpec step) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        text.wrapped(
            "The lab's folder has no text for this step (explain.md). What to do when it fails:",
            "",
            ""));
    for (CheckSpec check : step.checks()) {
      lines.addAll(
          text.wrapped(check.id() + ": " + readable(check.hint().sentence()), "  - ", "    "));
    }
    return lines;
  }

  /** A hint before the lab stands: what an output is, is known by its name. */
  private String readable(String hint) {
    return hint.replace("${pipelab}", text.pipelab())
        .replace("${lab}", arguments)
        .replaceAll("\\$\\{(?:[a-z.]+\\.)?([^{}]*)}", "$1");
  }

  /** A section. */
  public List<String> section(Topic topic) {
    List<String> lines = new ArrayList<>();
    lines.add(text.style().strong(topic.heading()));
    add(lines, topic);
    return lines;
  }

  /** The overview as a document. */
  public Map<String, Object> document() {
    Map<String, Object> json = head("lab", lab.id(), lab.title());
    json.put("summary", lab.summary());
    json.put("text", explanation.lab().map(this::markdown).orElse(""));
    json.put("goals", lab.goals());
    json.put("phases", lab.phases().all().stream().map(this::contents).toList());
    json.put("steps", lab.steps().stream().map(step -> named(step.id(), step.title())).toList());
    json.put(
        "sections",
        named(Stream.concat(explanation.introduction().stream(), explanation.sections().stream())));
    json.put("verified", String.join(" ", text.verified()));
    return json;
  }

  private Map<String, Object> contents(Phase phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", phase.id());
    json.put("title", phase.title());
    json.put("steps", steps(phase).stream().map(StepSpec::id).toList());
    return json;
  }

  private static List<Map<String, String>> named(Stream<Topic> topics) {
    return topics.map(topic -> named(topic.id(), topic.heading())).toList();
  }

  private static Map<String, String> named(String id, String title) {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("id", id);
    one.put("title", title);
    return one;
  }

  /** A step as a document. */
  public Map<String, Object> document(StepSpec step) {
    Map<String, Object> json = head("step", step.id(), step.title());
    json.put("phase", step.phase());
    json.put("hop", step.hop());
    json.put("text", explanation.of(Kind.STEP, step.id()).map(this::markdown).orElse(""));
    json.put(
        "hints",
        step.checks().stream().map(check -> readable(check.hint().sentence())).distinct().toList());
    json.put("verified", String.join(" ", text.verified(step, true)));
    return json;
  }

  /** A phase as a document. */
  public Map<String, Object> document(Phase phase) {
    Map<String, Object> json = head("phase", phase.id(), phase.title());
    json.put("goals", phase.goals());
    json.put("steps", steps(phase).stream().map(StepSpec::id).toList());
    json.put("text", explanation.of(Kind.PHASE, phase.id()).map(this::markdown).orElse(""));
    return json;
  }

  /** A section as a document. */
  public Map<String, Object> document(Topic section) {
    Map<String, Object> json = head("section", section.id(), section.heading());
    json.put("text", markdown(section));
    return json;
  }

  private Map<String, Object> head(String kind, String id, String title) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("lab", lab.id());
    json.put("kind", kind);
    json.put("id", id);
    json.put("title", title);
    return json;
  }

  private String markdown(Topic topic) {
    return topic.markdown(text::figures);
  }
}
