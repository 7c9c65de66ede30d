package io.pipelab.workflow.byname;

import io.pipelab.lab.Lab;
import io.pipelab.lab.References;
import io.pipelab.target.ServiceFailures;
import io.pipelab.verify.HandMade;
import io.pipelab.verify.HandMade.Missing;
import io.pipelab.verify.load.Births;
import io.pipelab.verify.load.FolderStore;
import io.pipelab.verify.load.RecordStore;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.MadeByHand;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Learns a lab's outputs though somebody made it by hand: from the stacks that stand, and for the
 * rest from the parts that have the well-known names.
 */
public final class FindByName implements Step {
  private final LabInstance instance;
  private final Cloud cloud;
  private final Bindings bindings;
  private final Path records;

  /**
   * The step.
   *
   * @param records the folder for the accounting of labs that were made by hand
   */
  public FindByName(LabInstance instance, Cloud cloud, Bindings bindings, Path records) {
    this.instance = instance;
    this.cloud = cloud;
    this.bindings = bindings;
    this.records = records;
  }

  @Override
  public String title() {
    return "Find the parts of lab " + instance.copy().asArguments() + " by name";
  }

  @Override
  public void run(Progress progress) {
    addStacks(progress);
    addParameters();
    LabParts parts = LabParts.of(instance.lab(), cloud.clients(), bindings.references());
    Map<String, String> outputs = new LinkedHashMap<>();
    Map<String, Instant> births = new LinkedHashMap<>();
    for (FoundPart found : parts.found()) {
      found
          .spec()
          .outputs()
          .forEach((fact, output) -> outputs.put(output, found.part().facts().get(fact)));
      Instant created = found.part().created();
      if (created != null) {
        births.put(found.part().id(), created);
      }
    }
    parts.found().stream()
        .filter(found -> !found.spec().kind().equals("log-group"))
        .map(FoundPart::told)
        .distinct()
        .forEach(progress::on);
    bindings.add(references -> references.withOutputs(outputs).with("built", ""));
    Map<String, Missing> missing = miss(parts, progress);
    bindings.learn(new MadeByHand(new HandMade(missing), store(), new Births(births)));
  }

  private void addStacks(Progress progress) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    try {
      for (Lab.StackSpec spec : instance.lab().stacks()) {
        stacks
            .find(instance.stackName(spec))
            .filter(stack -> StackState.of(stack.stackStatusAsString()) == StackState.STANDING)
            .ifPresent(stack -> add(stack, progress));
      }
    } catch (SdkException e) {
      if (!ServiceFailures.isUnsupported(e)) {
        throw e;
      }
      progress.note("this target has no stacks: all parts are looked for by their names");
    }
  }

  private void add(Stack stack, Progress progress) {
    progress.note("stack: " + stack.stackName());
    bindings.add(references -> references.withOutputs(Stacks.outputs(stack)));
  }

  /** An output with a parameter's name is what the user says, else the parameter's default. */
  private void addParameters() {
    References references = bindings.references();
    Map<String, String> outputs = new LinkedHashMap<>();
    for (String name : instance.lab().parameters().keySet()) {
      if (references.find("outputs." + name).isEmpty()) {
        outputs.put(name, references.resolve("${param." + name + "}"));
      }
    }
    bindings.add(known -> known.withOutputs(outputs));
  }

  /** What needs a missing output says which part is not there. */
  private Map<String, Missing> miss(LabParts parts, Progress progress) {
    String pipelab = bindings.references().resolve("${pipelab}");
    Map<String, Missing> missing = new LinkedHashMap<>();
    Map<String, Supplier<String>> failures = new LinkedHashMap<>();
    parts.missing().stream().map(MissingPart::why).distinct().forEach(progress::note);
    for (MissingPart part : parts.missing()) {
      Missing told = part.told(pipelab);
      for (String output : part.spec().outputs().values()) {
        if (bindings.references().find("outputs." + output).isEmpty()) {
          missing.put(output, told);
          failures.put(
              "outputs." + output,
              () -> {
                throw part.failure();
              });
        }
      }
    }
    bindings.add(references -> references.withLate(failures));
    return missing;
  }

  /** Beside those of other accounts, regions, labs and copies. */
  private RecordStore store() {
    References references = bindings.references();
    return new FolderStore(
        records
            .resolve(references.resolve("${account}-${region}"))
            .resolve(instance.prefix() + instance.lab().id()));
  }
}
