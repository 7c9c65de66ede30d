package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.lab.References;
import io.pipelab.target.Failure;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.LabInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * What CloudFormation is given for one stack of a lab.
 *
 * @param phase up to which it is built; empty in a lab that is built as one
 * @param runId the run that makes it, when it is not there
 */
record StackInput(
    LabInstance instance, Lab.StackSpec spec, String phase, String runId, Bindings bindings) {
  /** CloudFormation takes no longer template inline. */
  private static final int MAX_TEMPLATE_BYTES = 51_200;

  static final List<Capability> CAPABILITIES =
      List.of(Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND);

  String name() {
    return instance.stackName(spec);
  }

  boolean inPhases() {
    return spec.phaseParameter().isPresent();
  }

  /**
   * The template's text.
   *
   * @throws Failure of kind USAGE when it is too long
   */
  String template() {
    try {
      byte[] bytes = Files.readAllBytes(spec.template());
      if (bytes.length > MAX_TEMPLATE_BYTES) {
        throw Failure.usage(
            spec.template() + " has " + bytes.length + " bytes; CloudFormation takes 51200",
            "make two stacks of it");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + spec.template(), e);
    }
  }

  List<Parameter> parameters() {
    return parameters(spec.parameters());
  }

  /**
   * The parameters as far as they are known before anything is pushed: an image stays the one that
   * the stack has.
   */
  List<Parameter> parametersBeforeImages(Stack standing) {
    Map<String, String> texts = new LinkedHashMap<>(spec.parameters());
    texts.values().removeIf(text -> text.contains("${image."));
    List<Parameter> parameters = parameters(texts);
    for (String name : spec.parameters().keySet()) {
      boolean has = standing.parameters().stream().anyMatch(p -> p.parameterKey().equals(name));
      if (!texts.containsKey(name) && has) {
        parameters.add(Parameter.builder().parameterKey(name).usePreviousValue(true).build());
      }
    }
    return parameters;
  }

  private List<Parameter> parameters(Map<String, String> texts) {
    References references =
        inPhases() ? bindings.references().with("phase", phase) : bindings.references();
    List<Parameter> parameters = new ArrayList<>();
    references
        .resolveTexts(texts)
        .forEach(
            (name, value) ->
                parameters.add(
                    Parameter.builder().parameterKey(name).parameterValue(value).build()));
    return parameters;
  }

  /**
   * The stack's tags.
   *
   * @param standing keeps the run that made it; empty for a new one
   */
  List<Tag> tags(Optional<Stack> standing) {
    List<Lab.StackSpec> stacks = instance.lab().stacks();
    String run =
        standing.map(stack -> Stacks.tags(stack).getOrDefault(Stacks.RUN_TAG, runId)).orElse(runId);
    return List.of(
        tag(Stacks.LAB_TAG, instance.lab().id()),
        tag(
            Stacks.INSTANCE_TAG,
            instance.instance().isEmpty() ? Stacks.FIRST_INSTANCE : instance.instance()),
        tag(Stacks.STACK_TAG, (stacks.indexOf(spec) + 1) + "/" + stacks.size()),
        tag(Stacks.RUN_TAG, run));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
