package io.pipelab.workflow;

import io.pipelab.drive.LoadResult;
import io.pipelab.drive.UploadResult;
import io.pipelab.image.PublishedImage;
import io.pipelab.lab.Lab;
import io.pipelab.lab.References;
import io.pipelab.target.HttpCaller;
import io.pipelab.target.Target;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.verify.load.Sent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** For workflows that load nothing. */
  private static final String NO_RUN = "none";

  /** Everything until the lab stands, from whatever state it is in. */
  public Workflow up(LabInstance instance, Map<String, String> parameters, String runId) {
    Bindings bindings = bindings(instance, parameters, runId);
    List<Lab.StackSpec> stacks = instance.lab().stacks();
    List<Step> steps = new ArrayList<>();
    cloudStart.ifPresent(steps::add);
    askOnAws("set up", instance).ifPresent(steps::add);
    steps.add(new DeployStack(instance, stacks.get(0), runId, cloud, bindings));
    steps.add(artifactsOf(instance.lab(), bindings));
    for (Lab.StackSpec stack : stacks.subList(1, stacks.size())) {
      steps.add(new DeployStack(instance, stack, runId, cloud, bindings));
    }
    return new Workflow("up", steps);
  }

  /** Everything until nothing of the lab is left; what is left all the same is in the answer. */
  public Down down(LabInstance instance) {
    List<String> stacks = new ArrayList<>();
    instance.lab().stacks().forEach(stack -> stacks.add(0, instance.stackName(stack)));
    Inventory inventory = new Inventory();
    FindLeftovers findLeftovers = new FindLeftovers(stacks, cloud, inventory);
    List<Step> steps = new ArrayList<>();
    askOnAws("delete", instance).ifPresent(steps::add);
    steps.add(new TakeInventory(stacks, cloud, inventory));
    stacks.forEach(stack -> steps.add(new DeleteStack(stack, cloud)));
    steps.add(findLeftovers);
    return new Down(new Workflow("down", steps), findLeftovers);
  }

  /** A workflow that deletes, and what it did not manage to. */
  public record Down(Workflow workflow, FindLeftovers findLeftovers) {
    public List<Leftover> run(Progress progress) {
      workflow.run(progress);
      return findLeftovers.found();
    }
  }

  /** Every step of the lab, or some, against what really happened. */
  public Verify verify(
      LabInstance instance, Map<String, String> parameters, VerifyOptions options) {
    Bindings bindings = bindings(instance, parameters, NO_RUN);
    VerifyLab verify = new VerifyLab(instance, options, cloud, bindings);
    return new Verify(
        Workflow.of("verify", new FindLab(instance, cloud, bindings), verify), verify);
  }

  /**
   * Asks before commands are run that fix a step of the lab.
   *
   * @param commands as they are shown
   */
  public Workflow askToFix(String step, LabInstance instance, List<String> commands) {
    List<String> facts = new ArrayList<>(List.of("this will be run:"));
    commands.forEach(command -> facts.add("  " + command));
    if (cloud.target() instanceof Target.Aws) {
      return Workflow.of(
          "fix", new AskOnAws("fix " + step + " of", instance, cloud, consent, facts));
    }
    consent.ask(facts);
    return new Workflow("fix", List.of());
  }

  /** A workflow that checks, and what it saw. */
  public record Verify(Workflow workflow, VerifyLab verifyLab) {
    public List<StepResult> run(Progress progress) {
      workflow.run(progress);
      return verifyLab.results();
    }

    /** Fails when only the end of the command's time kept steps from holding. */
    public void requireInTime() {
      verifyLab.requireInTime();
    }
  }

  /** Builds and pushes the lab's images alone. */
  public Push pushImages(LabInstance instance, Map<String, String> parameters) {
    Bindings bindings = bindings(instance, parameters, NO_RUN);
    List<PushImage> pushes =
        instance.lab().images().stream()
            .map(image -> new PushImage(image, artifacts, cloud, bindings))
            .toList();
    List<Step> steps = new ArrayList<>();
    steps.add(new FindLab(instance, cloud, bindings));
    steps.addAll(pushes);
    return new Push(new Workflow("push-image", steps), pushes);
  }

  /** A workflow that pushes images, and what it pushed. */
  public record Push(Workflow workflow, List<PushImage> pushes) {
    public List<PublishedImage> run(Progress progress) {
      workflow.run(progress);
      return pushes.stream().map(PushImage::published).toList();
    }
  }

  /** Messages into the lab's queue. */
  public Load load(
      LabInstance instance, Map<String, String> parameters, LoadSettings settings, String runId) {
    Bindings bindings = bindings(instance, parameters, runId);
    LoadQueue load = new LoadQueue(instance, settings, runId, cloud, bindings);
    return new Load(Workflow.of("load-queue", new FindLab(instance, cloud, bindings), load), load);
  }

  /** A workflow that loads, and what came of it. */
  public record Load(Workflow workflow, LoadQueue loadQueue) {
    public LoadResult run(Progress progress) {
      workflow.run(progress);
      return loadQueue.result();
    }

    /** Fails when not all was sent; to be asked after {@link #run}. */
    public void requireAll() {
      loadQueue.requireAll();
    }
  }

  /**
   * Files into the lab's bucket.
   *
   * @param files a user's own; none for the lab's samples
   */
  public UploadToBucket upload(
      LabInstance instance, Map<String, String> parameters, List<Path> files, String runId) {
    Lab.DriveSpec drive =
        DriveSettings.of(instance.lab(), UploadSettings.ACTION, "no bucket for files");
    UploadSettings settings =
        files.isEmpty()
            ? UploadSettings.samples(instance.lab(), drive, artifacts.samplesOf(instance.lab()))
            : UploadSettings.of(drive, files);
    Bindings bindings = bindings(instance, parameters, runId);
    UploadToLab upload = new UploadToLab(instance, settings, runId, cloud, bindings);
    return new UploadToBucket(
        Workflow.of("upload", new FindLab(instance, cloud, bindings), upload), upload);
  }

  /** A workflow that uploads, and what came of it. */
  public record UploadToBucket(Workflow workflow, UploadToLab upload) {
    public UploadResult run(Progress progress) {
      workflow.run(progress);
      return upload.result();
    }

    /** Fails when not all was sent; to be asked after {@link #run}. */
    public void requireAll() {
      upload.requireAll();
    }
  }

  /** What the lab's bucket holds, into a folder. */
  public DownloadAll download(LabInstance instance, Map<String, String> parameters, Path folder) {
    String bucket =
        DriveSettings.required(
            DriveSettings.of(instance.lab(), UploadSettings.ACTION, "no bucket of files"),
            "bucket");
    Bindings bindings = bindings(instance, parameters, NO_RUN);
    DownloadFromLab download = new DownloadFromLab(bucket, folder, cloud, bindings);
    return new DownloadAll(
        Workflow.of("download", new FindLab(instance, cloud, bindings), download), download);
  }

  /** A workflow that downloads, and what it fetched. */
  public record DownloadAll(Workflow workflow, DownloadFromLab downloadFromLab) {
    public DownloadFromLab.Download run(Progress progress) {
      workflow.run(progress);
      return downloadFromLab.result();
    }
  }

  /** A message to the lab's topic. */
  public Publish publish(
      LabInstance instance,
      Map<String, String> parameters,
      PublishSettings settings,
      String runId) {
    Bindings bindings = bindings(instance, parameters, runId);
    PublishToLab publish = new PublishToLab(settings, runId, cloud, bindings);
    return new Publish(
        Workflow.of("publish", new FindLab(instance, cloud, bindings), publish), publish);
  }

  /** A workflow that publishes, and what it published. */
  public record Publish(Workflow workflow, PublishToLab publish) {
    public Sent.Message run(Progress progress) {
      workflow.run(progress);
      return publish.sent();
    }
  }

  /** What the lab's stacks give out. */
  public Outputs outputs(LabInstance instance, Map<String, String> parameters) {
    Bindings bindings = bindings(instance, parameters, NO_RUN);
    return new Outputs(Workflow.of("env", new FindLab(instance, cloud, bindings)), bindings);
  }

  /** A workflow that finds a lab's outputs. */
  public record Outputs(Workflow workflow, Bindings bindings) {
    public Map<String, String> run(Progress progress) {
      workflow.run(progress);
      return bindings.references().outputs();
    }
  }

  /** A request to the lab's HTTP API. */
  public Call call(LabInstance instance, Map<String, String> parameters, CallSettings settings) {
    Bindings bindings = bindings(instance, parameters, NO_RUN);
    CallLab call = new CallLab(settings, bindings);
    return new Call(Workflow.of("call", new FindLab(instance, cloud, bindings), call), call);
  }

  /** A workflow that calls, and what was answered. */
  public record Call(Workflow workflow, CallLab callLab) {
    public HttpCaller.Answer run(Progress progress) {
      workflow.run(progress);
      return callLab.answer();
    }
  }

  /** New code into one function, without a stack update. */
  public Deploy deploy(
      LabInstance instance, Map<String, String> parameters, DeploySettings settings, String runId) {
    Bindings bindings = bindings(instance, parameters, runId);
    DeployFunction deploy =
        new DeployFunction(instance, settings, runId, artifacts, cloud, bindings);
    List<Step> steps = new ArrayList<>();
    askOnAws("change a function of", instance).ifPresent(steps::add);
    steps.add(new FindLab(instance, cloud, bindings));
    steps.add(deploy);
    return new Deploy(new Workflow("deploy-function", steps), deploy);
  }

  /** A workflow that deploys code, and what it published. */
  public record Deploy(Workflow workflow, DeployFunction deployFunction) {
    public DeployFunction.Deployed run(Progress progress) {
      workflow.run(progress);
      return deployFunction.deployed();
    }
  }

  /**
   * All that the lab's manifest does to the lab before it is verified.
   *
   * @throws io.pipelab.lab.UnknownName when it names an action that does not exist
   */
  public Drive drive(LabInstance instance, Map<String, String> parameters, String runId) {
    Bindings bindings = bindings(instance, parameters, runId);
    List<DriveStep> drives =
        DriveActions.of(new DriveActions.Driven(instance, runId, artifacts, cloud, bindings));
    List<Step> steps = new ArrayList<>();
    steps.add(new FindLab(instance, cloud, bindings));
    steps.addAll(drives);
    return new Drive(new Workflow("drive", steps), drives);
  }

  /** A workflow that drives a lab. */
  public record Drive(Workflow workflow, List<DriveStep> drives) {
    /** Fails when something could not be sent. */
    public void run(Progress progress) {
      workflow.run(progress);
      drives.forEach(DriveStep::requireAll);
    }
  }

  private Optional<Step> askOnAws(String verb, LabInstance instance) {
    return cloud.target() instanceof Target.Aws
        ? Optional.of(new AskOnAws(verb, instance, cloud, consent, List.of()))
        : Optional.empty();
  }

  private Step artifactsOf(Lab lab, Bindings bindings) {
    List<Step> steps = new ArrayList<>();
    for (Lab.ArtifactSpec artifact : lab.artifacts()) {
      steps.add(new UploadArtifact(artifact, artifacts, cloud, bindings));
    }
    lab.images().forEach(image -> steps.add(new PushImage(image, artifacts, cloud, bindings)));
    return new Together("Bring functions and images", steps);
  }

  private Bindings bindings(LabInstance instance, Map<String, String> parameters, String runId) {
    return new Bindings(
        References.of(instance.lab())
            .withParameters(parameters)
            .with("run.id", runId)
            .with("instance.prefix", instance.prefix())
            .withLate(new TargetIdentity(cloud, launcher).references()));
  }
}
