package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.lab.ManifestError;
import io.pipelab.report.Json;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import io.pipelab.target.Target;
import io.pipelab.workflow.LabCheck;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code pipelab labs}: the labs there are, or one lab's table of contents. */
@Command(
    name = "labs",
    description =
        "The labs: what they use, what an hour costs on AWS, whether they are up. Of one lab also"
            + " its goals, its phases and their steps.",
    footer = {
      "",
      "  pipelab labs",
      "  pipelab labs image-resize",
      "  pipelab labs --lab-dir my-labs -o json"
    })
final class LabsCommand implements PipelabAction {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "LAB",
      description = "only this lab, with its table of contents")
  @Nullable String id;

  @Override
  public Set<String> without() {
    return Set.of("-P", "-y");
  }

  @Override
  public ExitCode run(Session session) {
    List<Lab> labs = new ArrayList<>();
    ExitCode code = id == null ? read(session, labs) : readOne(session, id, labs);
    List<LabCopy> up = null;
    try {
      up = up(session);
    } catch (Failure e) {
      code = session.present(e);
    }
    return show(session, labs, up, code);
  }

  /** A broken lab that was asked for by name is all that there is to say. */
  private static ExitCode readOne(Session session, String id, List<Lab> labs) {
    labs.add(session.labCheck().require(id));
    return ExitCode.OK;
  }

  /** What the one lab holds that was asked for, and how far it stands where that is known. */
  private Optional<ContentsPage> contents(Session session, Lab lab, @Nullable List<LabCopy> up) {
    if (id == null) {
      return Optional.empty();
    }
    LabCopy copy = new LabCopy(lab.id(), session.instance());
    boolean stands = up != null && up.contains(copy);
    String standing =
        stands ? session.standingPhase(new LabInstance(lab, copy.instance())).orElse("") : "";
    return Optional.of(new ContentsPage(lab, standing));
  }

  private ExitCode show(
      Session session, List<Lab> labs, @Nullable List<LabCopy> up, ExitCode code) {
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.labs/1");
      json.put("labs", labs.stream().map(lab -> json(session, lab, up)).toList());
      Json.print(out, json);
      return code;
    }
    for (Lab lab : labs) {
      out.println(lab.id() + state(lab, up));
      out.println("  " + lab.summary());
      out.println("  " + String.join(", ", lab.services()));
      out.println("  " + cost(lab) + " USD an hour on AWS: " + lab.cost().note());
      contents(session, lab, up).map(ContentsPage::text).orElse(List.of()).forEach(out::println);
    }
    return code;
  }

  /** One broken lab does not hide the others. */
  private static ExitCode read(Session session, List<Lab> labs) {
    ExitCode code = ExitCode.OK;
    LabCheck check = session.labCheck();
    for (String id : session.labs().ids()) {
      try {
        labs.add(check.require(id));
      } catch (ManifestError e) {
        code = session.present(e);
      }
    }
    return code;
  }

  /** Asks only a cloud that is known to be there: a list of labs needs no network. */
  private static @Nullable List<LabCopy> up(Session session) {
    if (!(session.target() instanceof Target.Local)) {
      return askTarget(session);
    }
    return session.localCloud().look().running() == null ? List.of() : askTarget(session);
  }

  private static @Nullable List<LabCopy> askTarget(Session session) {
    try {
      return new Stacks(session.clients().cloudFormation()).copies();
    } catch (SdkException e) {
      Failure failure = ServiceFailures.explain(e, session.targetName());
      session.progress().note("cannot say which labs are up: " + failure.what());
      return null;
    }
  }

  private static String state(Lab lab, @Nullable List<LabCopy> up) {
    if (up == null) {
      return "";
    }
    String copies =
        copiesOf(lab, up)
            .map(copy -> copy.instance().isEmpty() ? "up" : "up as --instance " + copy.instance())
            .collect(Collectors.joining(", "));
    return "  (" + (copies.isEmpty() ? "not up" : copies) + ")";
  }

  private static Stream<LabCopy> copiesOf(Lab lab, List<LabCopy> up) {
    return up.stream().filter(copy -> copy.lab().equals(lab.id()));
  }

  private Map<String, Object> json(Session session, Lab lab, @Nullable List<LabCopy> up) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", lab.id());
    json.put("title", lab.title());
    json.put("summary", lab.summary());
    json.put("services", lab.services());
    json.put("hourlyUsd", lab.cost().hourlyUsd() + 0.0);
    json.put("costNote", lab.cost().note());
    json.put("up", up == null ? null : copiesOf(lab, up).findAny().isPresent());
    contents(session, lab, up).ifPresent(page -> json.putAll(page.json()));
    return json;
  }

  private static String cost(Lab lab) {
    return String.format(Locale.ROOT, "%.4f", lab.cost().hourlyUsd());
  }
}
