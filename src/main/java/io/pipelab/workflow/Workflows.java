package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.References;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each command does, as lists of steps.
 *
 * @param cloudStart starts the embedded cloud; empty on targets that are there already
 * @param functionsJar the functions' code
 */
public record Workflows(
    Cloud cloud,
    Optional<? extends Step> cloudStart,
    Consent consent,
    ImagePush imagePush,
    Path functionsJar) {

  /** Everything until the lab stands, from whatever state it is in. */
  public Workflow up(LabInstance instance, Map<String, String> parameters, String runId) {
    Bindings bindings = bindings(instance, parameters, runId);
    List<Lab.StackSpec> stacks = instance.lab().stacks();
    List<Step> steps = new ArrayList<>();
    cloudStart.ifPresent(steps::add);
    steps.add(new AskOnAws("set up", instance, cloud, consent));
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
    steps.add(new AskOnAws("delete", instance, cloud, consent));
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

  private Step artifactsOf(Lab lab, Bindings bindings) {
    List<Step> steps = new ArrayList<>();
    steps.add(new UploadArtifact(functionsJar, cloud, bindings));
    lab.images().forEach(image -> steps.add(new PushImage(image, imagePush, bindings)));
    return new Together("Bring functions and images", steps);
  }

  private Bindings bindings(LabInstance instance, Map<String, String> parameters, String runId) {
    return new Bindings(
        References.of(instance.lab())
            .withParameters(parameters)
            .with("run.id", runId)
            .with("instance.prefix", instance.prefix()));
  }
}
