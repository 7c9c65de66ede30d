package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.Phases;
import io.pipelab.lab.UnknownName;
import io.pipelab.report.PlainProgress;
import io.pipelab.report.Style;
import io.pipelab.report.VerifyDocument;
import io.pipelab.target.AwsClients;
import io.pipelab.target.CloudEnd;
import io.pipelab.target.CloudJvm;
import io.pipelab.target.CloudState;
import io.pipelab.target.ConfigFile;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Folders;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.target.Poller;
import io.pipelab.target.SdkClients;
import io.pipelab.target.Target;
import io.pipelab.target.TargetChoice;
import io.pipelab.target.TargetConnection;
import io.pipelab.target.TargetVariables;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.kept.KeptResults;
import io.pipelab.workflow.LabCheck;
import io.pipelab.workflow.Workflows;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.stack.StandingPhase;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Launcher;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import io.pipelab.workflow.step.Workflow;
import io.pipelab.workflow.up.StartLocalCloud;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands build from the options of one invocation, each part when it is first asked for.
 */
final class Session implements AutoCloseable {
  static final String DEFAULT_LAB = "decoupling";
  private static final Duration USUAL_TIME = Duration.ofMinutes(45);

  private final Invocation invocation;
  private final PipelabCommand options;
  private final Interruption interruption;
  private final @Nullable LiveTerminal live;
  private boolean outlivesReader;
  private @Nullable Target target;
  private @Nullable TargetConnection connection;
  private @Nullable SdkClients clients;
  private @Nullable SdkClients localClients;
  private @Nullable Progress progress;

  Session(
      Invocation invocation,
      PipelabCommand options,
      Interruption interruption,
      @Nullable LiveTerminal live) {
    this.invocation = invocation;
    this.options = options;
    this.interruption = interruption;
    this.live = live;
  }

  Invocation invocation() {
    return invocation;
  }

  OutputOptions output() {
    return options.output;
  }

  TargetOptions targetOptions() {
    return options.target;
  }

  Folders folders() {
    return Folders.of(invocation.environment());
  }

  Target target() {
    if (target == null) {
      target =
          new TargetChoice(
                  options.target.settings(),
                  invocation.environment(),
                  ConfigFile.read(folders().config()))
              .choose();
    }
    return target;
  }

  LocalCloudProcess localCloud() {
    return new LocalCloudProcess(folders().localCloud(), folders().cache(), new CloudJvm());
  }

  AwsClients clients() {
    if (clients == null) {
      connection = new TargetConnection(target(), localCloud(), invocation.environment());
      clients = new SdkClients(connection, invocation.version());
    }
    return clients;
  }

  /** What other programs need to reach the target. */
  TargetVariables targetVariables() {
    Map<String, String> environment = invocation.environment();
    return TargetVariables.of(
        new TargetConnection(target(), localCloud(), environment).get(), environment);
  }

  /** Clients for the embedded cloud, whatever the target is. */
  AwsClients localClients() {
    if (localClients == null) {
      localClients =
          new SdkClients(
              new TargetConnection(new Target.Local(null), localCloud(), invocation.environment()),
              invocation.version());
    }
    return localClients;
  }

  /** Says so when the target is an embedded cloud that refuses nobody. */
  void sayIfOpen() {
    CloudState running = target() instanceof Target.Local ? localCloud().look().running() : null;
    if (running != null && !running.iam()) {
      progress().note(running.iamLine());
    }
  }

  /** The region that the embedded cloud shall be, when one was asked for. */
  @Nullable String localRegion() {
    return target().region();
  }

  /** The target's name, as far as it is known. */
  String targetName() {
    return target == null ? "local" : target.name();
  }

  /** The cloud, with the time that the command has. */
  Cloud cloud() {
    Duration timeout = options.output.timeout;
    boolean near = target() instanceof Target.Local;
    return new Cloud(
        target(),
        near || isLocalCloud(target()),
        clients(),
        near ? Poller.near() : Poller.far(),
        Deadline.in(timeout == null ? USUAL_TIME : timeout));
  }

  /** Whether an endpoint is the embedded cloud's that runs: its users work there by it. */
  private boolean isLocalCloud(Target other) {
    if (!(other instanceof Target.Endpoint endpoint)) {
      return false;
    }
    CloudState running = localCloud().look().running();
    return running != null
        && endpoint.uri().getAuthority().equals(running.endpoint().getAuthority());
  }

  LabCatalog labs() {
    Path folder = options.labs.labDir;
    LabCatalog catalog =
        LabCatalog.in(folder == null ? invocation.home().resolve("templates") : folder);
    if (catalog.ids().isEmpty()) {
      throw Failure.usage(
          "there is no lab in " + folder,
          "a lab is a folder with a lab.yaml; --lab-dir takes one, or a folder of such folders");
    }
    return catalog;
  }

  /** The copy of the lab that the command is about. */
  LabInstance lab(@Nullable String id) {
    return lab(copy(id));
  }

  /**
   * The copy of the lab that the command is about, checked whole: nothing is created from a lab
   * with a mistake in it.
   *
   * @throws io.pipelab.lab.ManifestError with every mistake
   */
  LabInstance checkedLab(@Nullable String id) {
    LabCopy copy = copy(id);
    requireHere(copy);
    return new LabInstance(labCheck().require(copy.lab()), copy.instance());
  }

  /** Checks labs whole, for this target. */
  LabCheck labCheck() {
    return new LabCheck(labs(), artifacts(), target());
  }

  /**
   * A copy with its manifest.
   *
   * @throws Failure of kind USAGE when the manifest is not here
   */
  LabInstance lab(LabCopy copy) {
    requireHere(copy);
    return new LabInstance(labs().lab(copy.lab()), copy.instance());
  }

  private void requireHere(LabCopy copy) {
    if (!labs().ids().contains(copy.lab())) {
      throw Failure.usage(
          "lab " + copy.asArguments() + " is up, but its lab.yaml is not here",
          "name its folder with --lab-dir; 'pipelab down " + copy.asArguments() + "' needs none");
    }
  }

  /**
   * The names of the copy that the command is about; costs no look into the manifest.
   *
   * @param id the lab that the user named; null for the one that is up
   * @throws UnknownName when there is none of that id, neither here nor up
   * @throws Failure of kind USAGE when none is named and several are up
   */
  LabCopy copy(@Nullable String id) {
    List<String> ids = labs().ids();
    if (id != null) {
      LabCopy named = new LabCopy(id, instance());
      if (!ids.contains(id) && !copiesUp().contains(named)) {
        throw new UnknownName("lab", id, ids);
      }
      return named;
    }
    instance();
    return UnnamedLab.of(
        copiesMeant(), new LabCopy(ids.size() == 1 ? ids.get(0) : DEFAULT_LAB, instance()));
  }

  /** The copies that are up of which a command without a lab's name can mean one. */
  List<LabCopy> copiesMeant() {
    return copiesUp().stream().filter(this::isMeant).toList();
  }

  /** Whether a command without a lab's name can mean a copy, as far as its options say. */
  private boolean isMeant(LabCopy copy) {
    String asked = options.labs.instance;
    return (asked == null || asked.equals(copy.instance()))
        && (options.labs.labDir == null || labs().ids().contains(copy.lab()));
  }

  /** The name of the copy of the lab; empty for the first. */
  String instance() {
    return options.labs.instance();
  }

  /** Every copy of a lab that is up on the target; none where the embedded cloud is not running. */
  List<LabCopy> copiesUp() {
    return isNowhere() ? List.of() : new Stacks(clients().cloudFormation()).copies();
  }

  /** The stacks of a copy that are still there. */
  List<Leftover> stacksOf(LabCopy copy) {
    return new Stacks(clients().cloudFormation())
        .namesOf(copy).stream()
            .map(name -> new Leftover("AWS::CloudFormation::Stack", name))
            .toList();
  }

  /** All that it takes to remove a copy, with its manifest or without. */
  Workflow<List<Leftover>> down(LabCopy copy) {
    try {
      if (labs().ids().contains(copy.lab())) {
        return workflows().down(lab(copy));
      }
    } catch (ManifestError e) {
      progress().note("the manifest is broken: the stacks are found by their tags");
    }
    return workflows().down(copy);
  }

  /** What a verification came to, to be shown. */
  VerifyDocument document(LabInstance instance, List<StepResult> results) {
    return document(instance, results, List.of());
  }

  /** The same with what was taken for what in a lab whose parts were found by name. */
  VerifyDocument document(
      LabInstance instance, List<StepResult> results, List<Progress.Took> parts) {
    return new VerifyDocument(
        instance.lab().id(), instance.instance(), targetName(), results, parts);
  }

  /** Tells the user of an embedded cloud that was killed. */
  void sayIfGone() {
    CloudState gone = localCloud().look().gone();
    if (gone != null) {
      progress().note(CloudEnd.text(gone));
      localCloud().forget();
    }
  }

  /** The lab's parameters as this target and the user set them. */
  Map<String, String> parameters(Lab lab) {
    return lab.parameterValues(target() instanceof Target.Local, options.labs.parameters);
  }

  /** The lab's parameters that the user set. */
  Map<String, String> givenParameters() {
    return options.labs.parameters;
  }

  /** The parts of a lab that are in none of its stacks; none when only its stacks count. */
  LabParts parts(LabInstance instance) {
    return workflows().parts(instance, parameters(instance.lab()));
  }

  Workflows workflows() {
    return new Workflows(
        cloud(),
        cloudStart(),
        new TerminalConsent(invocation, options.output.yes),
        artifacts(),
        launcher());
  }

  /** Where is kept what the last verifications of a copy saw. */
  KeptResults kept(LabInstance instance) {
    return new KeptResults(
        folders().state().resolve("results"),
        instance.lab(),
        instance.instance(),
        Clock.systemUTC());
  }

  /**
   * Keeps what a verification saw, for {@code explain}; a folder that takes no file fails nothing.
   *
   * @param times the parts of a run and their seconds; empty when it was none
   */
  void keep(LabInstance instance, List<StepResult> results, Map<String, Double> times) {
    try {
      kept(instance).keep(targetName(), results, times);
    } catch (UncheckedIOException e) {
      progress().note("'pipelab explain' will not know of this: " + e.getMessage());
    }
  }

  /** The last phase of a copy that stands; empty when none does, and in a lab without phases. */
  Optional<String> standingPhase(LabInstance instance) {
    return isNowhere()
        ? Optional.empty()
        : StandingPhase.of(instance, new Stacks(clients().cloudFormation()));
  }

  /** The same, once nobody works on the copy any more. */
  Optional<String> settledPhase(LabInstance instance) {
    return isNowhere() ? Optional.empty() : StandingPhase.settled(instance, cloud(), progress());
  }

  /** Whether the target is an embedded cloud that is not running: nothing is up there. */
  private boolean isNowhere() {
    return target() instanceof Target.Local && localCloud().look().running() == null;
  }

  /**
   * What stands after {@code up}, where, and what to do next.
   *
   * @param phase up to which it stands; empty in a lab that is built as one
   */
  List<String> standing(LabInstance instance, String phase) {
    Phases phases = instance.lab().phases();
    List<String> lines = new ArrayList<>();
    String arguments = instance.asArguments();
    lines.add("lab %s is up%s on %s".formatted(arguments, upTo(phases, phase), targetName()));
    lines.add(
        "  stacks: "
            + String.join(
                ", ", instance.lab().stacks().stream().map(instance::stackName).toList()));
    String endpoint = targetVariables().set().get("AWS_ENDPOINT_URL");
    if (endpoint != null) {
      lines.add("  endpoint: " + endpoint);
    }
    String pipelab = launcher().on(target());
    lines.add("next:");
    List<Lab.DriveSpec> drive =
        phases.isWhole(phase) ? instance.lab().drive() : phases.phase(phase).drive();
    if (!drive.isEmpty()) {
      lines.add(
          "  " + pipelab + " " + drive.get(0).action() + " " + arguments + rest(drive.get(0)));
    }
    lines.add("  " + pipelab + " verify " + arguments);
    if (!phases.isWhole(phase)) {
      lines.add("  " + pipelab + " up " + arguments + " --next");
    }
    return lines;
  }

  /** How the user starts pipelab for this target, as a command line begins. */
  String pipelab() {
    return launcher().on(target());
  }

  /** {@code to phase bucket (2 of 4)}, when not all stand. */
  static String upTo(Phases phases, String phase) {
    return phases.isWhole(phase) ? "" : " to phase " + phases.place(phase);
  }

  /** How the user starts pipelab, with the folder of labs that he gave. */
  private Launcher launcher() {
    Path folder = options.labs.labDir;
    List<String> common = new ArrayList<>();
    if (folder != null) {
      common.addAll(List.of("--lab-dir", folder.toString()));
    }
    if (options.output.yes) {
      common.add("--yes");
    }
    return new Launcher(invocation.command(), common);
  }

  /** What a lab takes to its target. */
  Artifacts artifacts() {
    Path home = invocation.home();
    return new Artifacts(
        home.resolve("src/functions"),
        home.resolve("samples"),
        folders().cache().resolve("images"),
        records());
  }

  /** Of the embedded cloud with its data, which go when it ends. */
  private Path records() {
    Path folder =
        target() instanceof Target.Local
            ? folders().localCloud().resolve("data")
            : folders().state();
    return folder.resolve("by-name");
  }

  private Optional<Step> cloudStart() {
    return target() instanceof Target.Local
        ? Optional.of(new StartLocalCloud(localCloud(), CloudOptions.usual(localRegion())))
        : Optional.empty();
  }

  Style style(boolean terminal) {
    boolean plain =
        options.output.noColor
            || !terminal
            || invocation.terminal().dumb()
            || !invocation.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return Style.of(!plain);
  }

  /**
   * What a command needs to be told beside its lab: a call asks for what the lab's own call does.
   */
  private static String rest(Lab.DriveSpec first) {
    Object path = first.with().get("path");
    return first.action().equals("call") && path != null ? " GET " + path : "";
  }

  /** Shows an error of a part of the command; the command goes on. */
  ExitCode present(Throwable e) {
    if (interruption.happened()) {
      return ExitCode.NO_ANSWER;
    }
    Throwable cause = endOfCloud(e);
    return new ErrorPresenter(invocation.err(), options.output.debug)
        .present(cause == null ? e : cause, targetName());
  }

  /** Whatever failed while the embedded cloud ended failed because of that. */
  private @Nullable Failure endOfCloud(Throwable e) {
    boolean plain = e instanceof Failure failure && !isAnswer(failure.kind());
    if (plain || connection == null || e instanceof ManifestError || e instanceof UnknownName) {
      return null;
    }
    Failure ended = connection.ended().orElse(null);
    if (ended != null) {
      ended.addSuppressed(e);
    }
    return ended;
  }

  private static boolean isAnswer(Failure.Kind kind) {
    return switch (kind) {
      case STACK_FAILED, UNREACHABLE, CREDENTIALS, REFUSED, UNSUPPORTED -> true;
      case USAGE, TIME_IS_UP, NOT_ALL_SENT -> false;
    };
  }

  /** Whether the user has stopped the command. */
  boolean interrupted() {
    return interruption.happened();
  }

  Progress progress() {
    if (progress == null) {
      progress = endingWithReader(interruption.watching(shown()));
    }
    return progress;
  }

  /** For a command that must come to its end although nobody reads what it prints. */
  void outliveReader() {
    outlivesReader = true;
  }

  /** Behind {@code | head} a command ends when the other end of the pipe does. */
  private Progress endingWithReader(Progress told) {
    return event -> {
      told.on(event);
      if (event instanceof Progress.Checked && !outlivesReader && invocation.out().checkError()) {
        throw new ReaderGone();
      }
    };
  }

  private Progress shown() {
    PrintStream err = invocation.err();
    Style narration = style(invocation.terminal().err());
    boolean json = output().json();
    PrintStream results = json ? err : invocation.out();
    Style resultStyle = json ? narration : style(invocation.terminal().out());
    return live == null
        ? new PlainProgress(err, narration, results, resultStyle)
        : live.progress(narration, results, resultStyle);
  }

  @Override
  public void close() {
    if (clients != null) {
      clients.close();
    }
    if (localClients != null) {
      localClients.close();
    }
  }
}
