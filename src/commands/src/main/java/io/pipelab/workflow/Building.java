package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StackSpec;
import io.pipelab.lab.Phase;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Step;
import io.pipelab.workflow.step.Together;
import io.pipelab.workflow.step.Workflow;
import io.pipelab.workflow.up.DeployStack;
import io.pipelab.workflow.up.EmptyRemoved;
import io.pipelab.workflow.up.NameArtifact;
import io.pipelab.workflow.up.PushImage;
import io.pipelab.workflow.up.ShowChanges;
import io.pipelab.workflow.up.UploadArtifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds one copy of a lab: as a whole, up to a phase, or phase after phase. */
public final class Building {
  private final LabInstance instance;
  private final String runId;
  private final Cloud cloud;
  private final Artifacts artifacts;
  private final Bindings bindings;
  private final List<Step> first;

  /**
   * A copy to be built.
   *
   * @param first what comes before anything is built: the cloud's start, a question
   */
  Building(
      LabInstance instance,
      String runId,
      Cloud cloud,
      Artifacts artifacts,
      Bindings bindings,
      List<Step> first) {
    this.instance = instance;
    this.runId = runId;
    this.cloud = cloud;
    this.artifacts = artifacts;
    this.bindings = bindings;
    this.first = List.copyOf(first);
  }

  /** Everything until the lab stands, from whatever state it is in. */
  public Workflow<LabInstance> up() {
    return upTo(lastPhase());
  }

  /**
   * Everything until the lab stands up to a phase; what belongs to later phases is removed.
   *
   * @param phase its id; empty in a lab that is built as one
   */
  public Workflow<LabInstance> upTo(String phase) {
    List<StackSpec> stacks = instance.lab().stacks();
    List<Step> steps = new ArrayList<>(first);
    steps.add(deploy(stacks.get(0), phase));
    steps.add(artifactsOf(instance.lab(), phase));
    for (StackSpec stack : stacks.subList(1, stacks.size())) {
      if (stack.phaseParameter().isPresent() && !instance.lab().phases().isWhole(phase)) {
        steps.add(new EmptyRemoved(instance, stack, phase, cloud));
      }
      steps.add(deploy(stack, phase));
    }
    return Workflow.of("up", steps, () -> instance);
  }

  /** One phase more, right after the one before it was built by this. */
  public Workflow<LabInstance> further(Phase phase) {
    List<Step> steps = new ArrayList<>();
    for (Lab.ImageSpec image : instance.lab().images()) {
      if (image.phase().equals(phase.id())) {
        steps.add(push(image));
      }
    }
    for (StackSpec stack : instance.lab().stacks()) {
      if (stack.phaseParameter().isPresent()) {
        steps.add(deploy(stack, phase.id()));
      }
    }
    return Workflow.of("up", steps, () -> instance);
  }

  /**
   * What building up to a phase would change in the stacks that stand, by their names; nothing is
   * changed.
   *
   * @param phase its id; empty in a lab that is built as one
   */
  public Workflow<Map<String, List<String>>> changes(String phase) {
    List<ShowChanges> looks =
        instance.lab().stacks().stream()
            .map(stack -> new ShowChanges(instance, stack, phase, cloud, bindings))
            .toList();
    List<Step> steps = new ArrayList<>();
    steps.add(looks.get(0));
    for (Lab.ArtifactSpec artifact : instance.lab().artifacts()) {
      steps.add(new NameArtifact(artifact, artifacts, bindings));
    }
    steps.addAll(looks.subList(1, looks.size()));
    return Workflow.of(
        "changes",
        steps,
        () -> {
          Map<String, List<String>> changes = new LinkedHashMap<>();
          looks.forEach(look -> changes.put(look.stackName(), look.lines()));
          return changes;
        });
  }

  private String lastPhase() {
    return instance.lab().phases().isEmpty() ? "" : instance.lab().phases().last().id();
  }

  private Step deploy(StackSpec stack, String phase) {
    return new DeployStack(instance, stack, phase, runId, cloud, bindings);
  }

  /** What the stacks up to a phase refer to; an image that comes later is named by no text. */
  private Step artifactsOf(Lab lab, String phase) {
    List<Step> steps = new ArrayList<>();
    for (Lab.ArtifactSpec artifact : lab.artifacts()) {
      steps.add(new UploadArtifact(artifact, artifacts, cloud, bindings));
    }
    for (Lab.ImageSpec image : lab.images()) {
      if (lab.phases().stands(image.phase(), phase)) {
        steps.add(push(image));
      } else {
        bindings.add(references -> references.withImage(image.id(), "", ""));
      }
    }
    return new Together("Upload functions and push images", steps);
  }

  private Step push(Lab.ImageSpec image) {
    return new PushImage(image, artifacts, cloud, bindings);
  }
}
