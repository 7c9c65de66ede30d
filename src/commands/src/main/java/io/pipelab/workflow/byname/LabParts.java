package io.pipelab.workflow.byname;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.PartSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.References;
import io.pipelab.target.AwsClients;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The parts of a lab that were looked for by their names: those that are there, and the others. */
public record LabParts(List<FoundPart> found, List<MissingPart> missing) {
  /** Of a lab that is made of stacks. */
  public static final LabParts NONE = new LabParts(List.of(), List.of());

  /**
   * Looks for every part whose outputs are not known yet.
   *
   * @param references the outputs of the lab's stacks, as far as they stand, and what names refer
   *     to
   * @throws Failure of kind USAGE when the lab's manifest names no part
   */
  public static LabParts of(Lab lab, AwsClients clients, References references) {
    if (lab.names().isEmpty()) {
      throw Failure.usage(
          "the parts of lab " + lab.id() + " have no names to be found by",
          "list them in " + lab.manifest() + " under \"names\", or leave out --by-name");
    }
    List<Mistake> mistakes = PartKinds.mistakesIn(lab);
    if (!mistakes.isEmpty()) {
      throw new ManifestError(mistakes);
    }
    LabParts parts = new LabParts(new ArrayList<>(), new ArrayList<>());
    Search search = new Search(clients, references);
    for (PartSpec spec : lab.names()) {
      boolean known =
          !spec.outputs().isEmpty()
              && spec.outputs().values().stream()
                  .allMatch(output -> references.find("outputs." + output).isPresent());
      if (!known) {
        parts.add(spec, search);
      }
    }
    return parts;
  }

  /**
   * Looks for the parts of a lab that are in none of its stacks, to show them.
   *
   * @param references what names refer to
   */
  public static LabParts beside(LabInstance instance, Cloud cloud, References references) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    References known = references;
    for (Lab.StackSpec spec : instance.lab().stacks()) {
      Optional<Stack> stack = stacks.find(instance.stackName(spec));
      known = known.withOutputs(stack.map(Stacks::outputs).orElse(Map.of()));
    }
    return of(instance.lab(), cloud.clients(), known);
  }

  /** Whether nothing is missing that the lab cannot do without. */
  public boolean complete() {
    return missing.stream().allMatch(part -> part.spec().advice());
  }

  private void add(PartSpec spec, Search search) {
    List<String> names = spec.names().stream().map(search.references()::resolve).toList();
    for (String name : names) {
      List<Part> there;
      try {
        there = PartKinds.of(spec).find(search, new WantedName(name));
      } catch (SdkException e) {
        if (!ServiceFailures.isUnsupported(e)) {
          throw e;
        }
        missing.add(new MissingPart(spec, names, "this target cannot look for a " + spec.kind()));
        return;
      }
      if (there.size() == 1) {
        found.add(new FoundPart(spec, there.get(0)));
        return;
      }
      if (there.size() > 1) {
        String all = String.join(", ", there.stream().map(Part::name).toList());
        missing.add(
            new MissingPart(
                spec,
                names,
                there.size() + " are a " + spec.kind() + " named " + name + ": " + all));
        return;
      }
    }
    missing.add(MissingPart.nothing(spec, names));
  }
}
