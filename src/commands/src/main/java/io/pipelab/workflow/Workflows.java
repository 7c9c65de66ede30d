package io.pipelab.workflow;

import io.pipelab.image.PublishedImage;
import io.pipelab.lab.Lab;
import io.pipelab.lab.References;
import io.pipelab.target.Target;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.workflow.byname.FindByName;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.down.DeleteStack;
import io.pipelab.workflow.down.FindLeftovers;
import io.pipelab.workflow.down.Inventory;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.down.TakeInventory;
import io.pipelab.workflow.drive.DownloadFromLab;
import io.pipelab.workflow.drive.DriveActions;
import io.pipelab.workflow.drive.DriveStep;
import io.pipelab.workflow.drive.Driven;
import io.pipelab.workflow.drive.UploadToLab;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.DatabaseServer;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Launcher;
import io.pipelab.workflow.step.RunId;
import io.pipelab.workflow.step.Step;
import io.pipelab.workflow.step.Workflow;
import io.pipelab.workflow.up.AnnounceDownload;
import io.pipelab.workflow.up.PushImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What each command does, as lists of steps.
 *
 * @param cloudStart starts the embedded cloud; empty on targets that are there already
 * @param launcher how the user starts pipelab
 */
public record Workflows(
    Cloud cloud,
    Optional<? extends Step> cloudStart,
    Consent consent,
    Artifacts artifacts,
    Launcher launcher) {

  /**
   * A copy of a lab to be built, from whatever state it is in.
   *
   * @param changes what else is to be known before one agrees to it on AWS
   */
  public Building building(
      LabInstance instance, Map<String, String> parameters, String runId, List<String> changes) {
    List<Step> first = new ArrayList<>();
    cloudStart.ifPresent(first::add);
    if (cloudStart.isPresent() && AnnounceDownload.concerns(instance.lab())) {
      first.add(new AnnounceDownload(instance.lab(), new DatabaseServer(artifacts.cache())));
    }
    askOnAws(() -> new AskOnAws("set up", instance, cloud, consent, changes)).ifPresent(first::add);
    return new Building(
        instance, runId, cloud, artifacts, bindings(instance, parameters, runId), first);
  }

  /** Everything until nothing of the lab is left; what is left all the same is in the answer. */
  public Workflow<List<Leftover>> down(LabInstance instance) {
    List<String> stacks = new ArrayList<>();
    instance.lab().stacks().forEach(stack -> stacks.add(0, instance.stackName(stack)));
    return down(instance.copy(), stacks, askOnAws("delete", instance));
  }

  /** The same for a lab whose manifest is not here: its stacks are found by their tags. */
  public Workflow<List<Leftover>> down(LabCopy copy) {
    List<String> stacks = new Stacks(cloud.clients().cloudFormation()).namesOf(copy);
    return down(
        copy,
        stacks,
        askOnAws(
            () ->
                new AskOnAws(
                    "delete",
                    copy,
                    () -> List.of("stacks: " + String.join(", ", stacks)),
                    cloud,
                    consent)));
  }

  private Workflow<List<Leftover>> down(LabCopy copy, List<String> stacks, Optional<Step> ask) {
    Inventory inventory = new Inventory();
    FindLeftovers findLeftovers = new FindLeftovers(copy, stacks, cloud, inventory);
    List<Step> steps = new ArrayList<>();
    ask.ifPresent(steps::add);
    steps.add(new TakeInventory(copy, stacks, cloud, inventory));
    stacks.forEach(stack -> steps.add(new DeleteStack(copy, stack, cloud)));
    steps.add(findLeftovers);
    return Workflow.of("down", steps, findLeftovers::found);
  }

  /** Every step of the lab, or some, against what really happened. */
  public Workflow<List<StepResult>> verify(
      LabInstance instance, Map<String, String> parameters, VerifyOptions options) {
    Bindings bindings = bindings(instance, parameters, RunId.NONE);
    VerifyLab verify = new VerifyLab(instance, options, cloud, bindings);
    return Workflow.of("verify", List.of(find(instance, bindings), verify), verify::results)
        .demanding(verify::requireInTime);
  }

  /**
   * Asks before commands are run that fix a step of the lab.
   *
   * @param commands as they are shown
   */
  public Workflow<LabInstance> askToFix(String step, LabInstance instance, List<String> commands) {
    List<String> facts = new ArrayList<>(List.of("this will be run:"));
    commands.forEach(command -> facts.add("  " + command));
    List<Step> steps = new ArrayList<>();
    if (cloud.target() instanceof Target.Aws) {
      steps.add(new AskOnAws("fix " + step + " of", instance, cloud, consent, facts));
    } else {
      consent.ask(facts);
    }
    return Workflow.of("fix", steps, () -> instance);
  }

  /** Builds and pushes the lab's images alone. */
  public Workflow<List<PublishedImage>> pushImages(
      LabInstance instance, Map<String, String> parameters) {
    Bindings bindings = bindings(instance, parameters, RunId.NONE);
    List<PushImage> pushes =
        instance.lab().images().stream()
            .map(image -> new PushImage(image, artifacts, cloud, bindings))
            .toList();
    List<Step> steps = new ArrayList<>();
    steps.add(new FindLab(instance, cloud, bindings));
    steps.addAll(pushes);
    return Workflow.of(
        "push-image", steps, () -> pushes.stream().map(PushImage::published).toList());
  }

  /** One action, as a user asks for it: messages, files, requests, code. */
  public <R> Workflow<R> act(
      String name,
      LabInstance instance,
      Map<String, String> parameters,
      String runId,
      Function<Driven, DriveStep<R>> action) {
    Bindings bindings = bindings(instance, parameters, runId);
    DriveStep<R> step = action.apply(new Driven(instance, runId, artifacts, cloud, bindings));
    List<Step> steps = new ArrayList<>();
    step.asksTo().flatMap(verb -> askOnAws(verb, instance)).ifPresent(steps::add);
    steps.add(find(instance, bindings));
    steps.add(step);
    return Workflow.of(name, steps, step::result).demanding(step::requireAll);
  }

  /** What the lab's bucket holds, into a folder. */
  public Workflow<DownloadFromLab.Download> download(
      LabInstance instance, Map<String, String> parameters, Path folder) {
    String bucket =
        UploadToLab.ACTION.settings(instance.lab(), "no bucket of files").text("bucket");
    Bindings bindings = bindings(instance, parameters, RunId.NONE);
    DownloadFromLab download = new DownloadFromLab(bucket, folder, cloud, bindings);
    return Workflow.of(
        "download", List.of(new FindLab(instance, cloud, bindings), download), download::result);
  }

  /** The parts of a lab that are in none of its stacks; none when only its stacks count. */
  public LabParts parts(LabInstance instance, Map<String, String> parameters) {
    return instance.byName()
        ? LabParts.beside(instance, cloud, bindings(instance, parameters, RunId.NONE).references())
        : LabParts.NONE;
  }

  /** What the lab's stacks give out. */
  public Workflow<Map<String, String>> outputs(
      LabInstance instance, Map<String, String> parameters) {
    Bindings bindings = bindings(instance, parameters, RunId.NONE);
    return Workflow.of(
        "env",
        List.of(new FindLab(instance, cloud, bindings)),
        () -> bindings.references().outputs());
  }

  /**
   * All that the lab's manifest does to the lab, or to one phase of it, before it is verified.
   *
   * @param drive the manifest's entries
   * @throws io.pipelab.lab.ManifestError when an action of it does not exist, or is set wrong
   */
  public Workflow<LabInstance> drive(
      LabInstance instance,
      Map<String, String> parameters,
      String runId,
      List<Lab.DriveSpec> drive) {
    Bindings bindings = bindings(instance, parameters, runId);
    List<DriveStep<?>> drives =
        DriveActions.of(new Driven(instance, runId, artifacts, cloud, bindings), drive);
    List<Step> steps = new ArrayList<>();
    steps.add(new FindLab(instance, cloud, bindings));
    steps.addAll(drives);
    return Workflow.of("drive", steps, () -> instance)
        .demanding(() -> drives.forEach(DriveStep::requireAll));
  }

  /** How a lab's outputs are learnt. */
  private Step find(LabInstance instance, Bindings bindings) {
    return instance.byName()
        ? new FindByName(instance, cloud, bindings, artifacts.records())
        : new FindLab(instance, cloud, bindings);
  }

  private Optional<Step> askOnAws(String verb, LabInstance instance) {
    return askOnAws(() -> new AskOnAws(verb, instance, cloud, consent));
  }

  private Optional<Step> askOnAws(Supplier<Step> question) {
    return cloud.target() instanceof Target.Aws ? Optional.of(question.get()) : Optional.empty();
  }

  private Bindings bindings(LabInstance instance, Map<String, String> parameters, String runId) {
    return new Bindings(
        References.of(instance.lab())
            .withParameters(parameters)
            .with("run.id", runId)
            .with("instance.prefix", instance.prefix())
            .with("lab", instance.asArguments())
            .withLate(new TargetIdentity(cloud, launcher).references()));
  }
}
