package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Phase;
import io.pipelab.lab.explain.Explanation;
import io.pipelab.lab.explain.ExplanationFile;
import io.pipelab.lab.explain.Topic;
import io.pipelab.lab.explain.Topic.Kind;
import io.pipelab.report.ExplainText;
import io.pipelab.report.Json;
import io.pipelab.report.LabOutline;
import io.pipelab.target.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pipelab explain}: what a lab, a phase, a step is about. */
@Command(
    name = "explain",
    description =
        "What a lab, a phase or a step is for, what happens in it and what to try, with the figures"
            + " of the last run. Needs no target. 'explain denied [ID]' tells what the embedded"
            + " cloud refused last, and which statement is missing.",
    footer = {
      "",
      "  pipelab explain decoupling",
      "  pipelab explain decoupling alarm",
      "  pipelab explain image-resize metrics -o json",
      "  pipelab explain denied"
    })
final class ExplainCommand implements PipelabAction {
  @Parameters(
      arity = "0..2",
      paramLabel = "[LAB] [STEP]",
      description = {
        "the lab; without it the one that is up, else decoupling;",
        "a step, a phase or a section, as 'pipelab explain LAB' lists them"
      })
  List<String> arguments = new ArrayList<>();

  @Override
  public Set<String> without() {
    return Set.of("-P", "-y", "--timeout");
  }

  @Override
  public ExitCode run(Session session) {
    if (!arguments.isEmpty() && arguments.get(0).equals("denied")) {
      return new ExplainDenied(session).run(arguments.size() < 2 ? null : arguments.get(1));
    }
    LabAndRest meant = meant(session);
    Lab lab = meant.instance().lab();
    Explanation explanation = ExplanationFile.read(lab);
    LabOutline outline =
        new LabOutline(
            lab,
            explanation,
            new ExplainText(
                session.kept(meant.instance()).last(),
                session.pipelab(),
                session.style(session.invocation().terminal().out()),
                session.invocation().terminal().columns()),
            meant.instance().asArguments());
    if (meant.rest().isEmpty()) {
      show(session, outline.document(), outline.overview());
    } else {
      show(session, outline, meant.rest().get(0));
    }
    return ExitCode.OK;
  }

  /** A lab that is named needs no look at what is up. */
  private LabAndRest meant(Session session) {
    if (arguments.size() == 2) {
      return new LabAndRest(session.lab(arguments.get(0)), arguments.subList(1, 2));
    }
    return LabAndRest.of(session, arguments);
  }

  private static void show(Session session, LabOutline outline, String name) {
    Lab lab = outline.lab();
    for (StepSpec step : lab.steps()) {
      if (step.id().equals(name)) {
        show(session, outline.document(step), outline.step(step));
        return;
      }
    }
    if (lab.phases().ids().contains(name)) {
      Phase phase = lab.phases().phase(name);
      show(session, outline.document(phase), outline.phase(phase));
      return;
    }
    Topic section = outline.explanation().of(Kind.SECTION, name).orElse(null);
    if (section != null) {
      show(session, outline.document(section), outline.section(section));
      return;
    }
    throw unknown(session, outline, name);
  }

  private static Failure unknown(Session session, LabOutline outline, String name) {
    List<String> labs = session.labs().ids();
    List<String> names = outline.names();
    String what =
        "lab \"%s\" has no step, phase or section \"%s\"".formatted(outline.lab().id(), name);
    String near =
        NearestName.of(name, Stream.concat(names.stream(), labs.stream()).toList())
            .map(found -> "; did you mean \"" + found + "\"?")
            .orElse("");
    return Failure.usage(what + near, "it has " + String.join(", ", names));
  }

  private static void show(Session session, Map<String, Object> document, List<String> lines) {
    if (session.output().json()) {
      Json.print(session.invocation().out(), document);
    } else {
      lines.forEach(session.invocation().out()::println);
    }
  }
}
