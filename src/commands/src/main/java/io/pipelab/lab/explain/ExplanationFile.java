package io.pipelab.lab.explain;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Place;
import io.pipelab.lab.explain.Topic.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code explain.md} in a lab's folder, which may be missing: {@code #} begins what is
 * told of the lab, {@code ## Phase ID} of a phase, {@code ### Step ID} of a step; any other {@code
 * ##} begins a section of its own.
 */
public final class ExplanationFile {
  /** Its name. */
  public static final String NAME = "explain.md";

  private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*?)\\s*");
  private static final Pattern NAMED = Pattern.compile("(Phase|Step) (\\S+)");
  private static final Pattern FIGURE = Pattern.compile("\\{([^{}]*)}");

  private final Path file;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  /** The phase whose steps are told. */
  private String phase = "";

  private ExplanationFile(Lab lab) {
    this.file = lab.folder().resolve(NAME);
  }

  /**
   * What a lab's file tells.
   *
   * @throws ManifestError with every mistake in it
   */
  public static Explanation read(Lab lab) {
    ExplanationFile reader = new ExplanationFile(lab);
    Explanation explanation = reader.explanation(lab);
    if (!reader.mistakes.isEmpty()) {
      throw new ManifestError(reader.mistakes);
    }
    return explanation;
  }

  /** Every mistake in a lab's file; none when it is missing. */
  public static List<Mistake> mistakesIn(Lab lab) {
    ExplanationFile reader = new ExplanationFile(lab);
    try {
      reader.explanation(lab);
    } catch (ManifestError e) {
      return e.mistakes();
    }
    return List.copyOf(reader.mistakes);
  }

  /** The figures that a text about the last run has: {@code step.check}. */
  public static List<String> figuresIn(String text) {
    return FIGURE.matcher(text).results().map(figure -> figure.group(1)).toList();
  }

  private Explanation explanation(Lab lab) {
    if (!Files.isRegularFile(file)) {
      return Explanation.NONE;
    }
    List<Topic> topics = topics(lines());
    topics.forEach(topic -> check(topic, lab));
    return new Explanation(topics);
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ManifestError(new Place(file, 1, 1), "", "is not UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private List<Topic> topics(List<String> lines) {
    List<Integer> headings = new ArrayList<>();
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      code ^= lines.get(i).startsWith(Markdown.FENCE);
      if (!code && HEADING.matcher(lines.get(i)).matches()) {
        headings.add(i);
      }
    }
    if (code) {
      report(lines.size(), "ends within a code block: " + Markdown.FENCE + " is missing");
    }
    if (headings.isEmpty() || headings.get(0) > 0) {
      report(1, "must begin with a heading: # Title");
    }
    List<Topic> topics = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < headings.size() ? headings.get(i + 1) : lines.size();
      topics.add(topic(lines.subList(headings.get(i), end), headings.get(i) + 1));
    }
    return topics;
  }

  private Topic topic(List<String> lines, int line) {
    Matcher heading = HEADING.matcher(lines.get(0));
    if (!heading.matches()) {
      throw new IllegalArgumentException("not a heading: " + lines.get(0));
    }
    String title = heading.group(2);
    Matcher named = NAMED.matcher(title);
    boolean isNamed = named.matches();
    int level = heading.group(1).length();
    Kind kind = kind(level, isNamed ? named.group(1) : "", line);
    String id =
        switch (kind) {
          case LAB -> "";
          case SECTION -> slug(title);
          case PHASE, STEP -> named.group(2);
        };
    List<String> text = List.copyOf(lines.subList(1, lines.size()));
    return new Topic(kind, id, title, line, text, Markdown.blocks(text));
  }

  private Kind kind(int level, String word, int line) {
    if (level == 1) {
      if (line > 1) {
        report(line, "only the first heading has one #");
      }
      return Kind.LAB;
    }
    if (level == 2 && word.equals("Phase")) {
      return Kind.PHASE;
    }
    if (level == 3 && word.equals("Step")) {
      return Kind.STEP;
    }
    if (level > 2) {
      report(line, "a heading below ## must be ### Step ID");
    }
    return Kind.SECTION;
  }

  private static String slug(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private void check(Topic topic, Lab lab) {
    if (!taken.add(topic.kind() + " " + topic.id())) {
      report(topic.line(), "\"" + topic.heading() + "\" is there twice");
    }
    if (topic.blocks().isEmpty() && topic.kind() != Kind.LAB) {
      report(topic.line(), "\"" + topic.heading() + "\" has no text");
    }
    if (topic.kind() == Kind.PHASE) {
      known("phase", topic, lab.phases().ids());
      phase = topic.id();
    } else if (topic.kind() == Kind.STEP) {
      known("step", topic, lab.steps().stream().map(StepSpec::id).toList());
      stepsPlace(topic, lab);
    }
    Set<String> figures = figures(lab);
    for (Block block : topic.blocks()) {
      if (block instanceof Block.LastRun run) {
        for (String figure : figuresIn(run.text())) {
          if (!figures.contains(figure)) {
            report(
                topic.line(),
                "\"%s\": no check {%s}%s"
                    .formatted(topic.heading(), figure, NearestName.hint(figure, figures)));
          }
        }
      }
    }
  }

  /** A step is told where it is built. */
  private void stepsPlace(Topic topic, Lab lab) {
    lab.steps().stream()
        .filter(step -> step.id().equals(topic.id()) && !step.phase().equals(phase))
        .forEach(
            step ->
                report(
                    topic.line(),
                    "step \"%s\" belongs below \"## Phase %s\""
                        .formatted(step.id(), step.phase())));
  }

  private void known(String kind, Topic topic, Collection<String> ids) {
    if (!ids.contains(topic.id())) {
      report(
          topic.line(),
          "the lab has no %s \"%s\"%s"
              .formatted(kind, topic.id(), NearestName.hint(topic.id(), ids)));
    }
  }

  private static Set<String> figures(Lab lab) {
    Set<String> figures = new LinkedHashSet<>();
    for (StepSpec step : lab.steps()) {
      for (CheckSpec check : step.checks()) {
        figures.add(step.id() + "." + check.id());
      }
    }
    return figures;
  }

  private void report(int line, String message) {
    mistakes.add(new Mistake(new Place(file, line, 1), "", message));
  }
}
