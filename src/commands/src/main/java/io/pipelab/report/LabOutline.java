package io.pipelab.report;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.explain.Block;
import io.pipelab.lab.explain.Explanation;
import io.pipelab.lab.explain.Topic;
import io.pipelab.lab.explain.Topic.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            topics(Kind.PHASE).stream().map(Topic::id),
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
    lines.add("");
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
    lines.add("  " + text.pipelab() + " up " + arguments);
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

  private List<String> contents() {
    int width = lab.steps().stream().mapToInt(step -> step.id().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add(text.style().strong("Steps"));
    for (StepSpec step : lab.steps()) {
      String first = "  " + step.id() + " ".repeat(width - step.id().length() + 2);
      lines.addAll(text.wrapped(step.title(), first, " ".repeat(first.length())));
    }
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

  /** A phase or a section. */
  public List<String> topic(Topic topic) {
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
    json.put("steps", lab.steps().stream().map(step -> named(step.id(), step.title())).toList());
    json.put("phases", named(topics(Kind.PHASE).stream()));
    json.put(
        "sections",
        named(
            Stream.concat(explanation.introduction().stream(), explanation.sections().stream())));
    json.put("verified", String.join(" ", text.verified()));
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
    json.put("hop", step.hop());
    json.put("text", explanation.of(Kind.STEP, step.id()).map(this::markdown).orElse(""));
    json.put(
        "hints",
        step.checks().stream().map(check -> readable(check.hint().sentence())).distinct().toList());
    json.put("verified", String.join(" ", text.verified(step, true)));
    return json;
  }

  /** A phase or a section as a document. */
  public Map<String, Object> document(Topic topic) {
    Map<String, Object> json =
        head(topic.kind().name().toLowerCase(Locale.ROOT), topic.id(), topic.heading());
    json.put("text", markdown(topic));
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

  private List<Topic> topics(Kind kind) {
    return explanation.topics().stream().filter(topic -> topic.kind() == kind).toList();
  }
}
