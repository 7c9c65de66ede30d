package io.pipelab.workflow.stack;

import io.pipelab.workflow.step.LabCopy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** What CloudFormation says of the stacks of a target. */
public final class Stacks {
  /** Tags by which pipelab knows its own. */
  public static final String LAB_TAG = "pipelab:lab";

  public static final String INSTANCE_TAG = "pipelab:instance";
  public static final String RUN_TAG = "pipelab:run";

  /** Which of how many stacks of the lab it is: {@code 1/2}. */
  public static final String STACK_TAG = "pipelab:stack";

  /** A tag's value cannot be empty everywhere. */
  public static final String FIRST_INSTANCE = "-";

  private final CloudFormationClient cloudFormation;

  public Stacks(CloudFormationClient cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /** The stack of that name or id, if there is one that is not deleted. */
  public Optional<Stack> find(String name) {
    try {
      return cloudFormation.describeStacks(request -> request.stackName(name)).stacks().stream()
          .filter(stack -> !stack.stackStatusAsString().equals("DELETE_COMPLETE"))
          .findFirst();
    } catch (CloudFormationException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** All stacks that pipelab made here. */
  public List<Stack> ours() {
    return cloudFormation.describeStacksPaginator().stacks().stream()
        .filter(stack -> tags(stack).containsKey(LAB_TAG))
        .filter(stack -> !stack.stackStatusAsString().equals("DELETE_COMPLETE"))
        .toList();
  }

  /** The copies of labs of which there is a stack here, sorted. */
  public List<LabCopy> copies() {
    return ours().stream().map(Stacks::copyOf).distinct().sorted().toList();
  }

  /** The names of a copy's stacks, the one that was made last first. */
  public List<String> namesOf(LabCopy copy) {
    return ours().stream()
        .filter(stack -> copyOf(stack).equals(copy))
        .sorted(Comparator.comparing(Stacks::orderOf).reversed())
        .map(Stack::stackName)
        .toList();
  }

  private static LabCopy copyOf(Stack stack) {
    return new LabCopy(labOf(stack), instanceOf(stack));
  }

  /** The resources of a stack; by its id also those of a deleted one. Empty when unknown. */
  public List<StackResourceSummary> resources(String name) {
    try {
      return cloudFormation
          .listStackResourcesPaginator(request -> request.stackName(name))
          .stackResourceSummaries()
          .stream()
          .toList();
    } catch (CloudFormationException e) {
      if (isMissing(e)) {
        return List.of();
      }
      throw e;
    }
  }

  /** The resources of a stack that are there: not those that an update has removed. */
  public List<StackResourceSummary> standing(String name) {
    return resources(name).stream()
        .filter(each -> !"DELETE_COMPLETE".equals(each.resourceStatusAsString()))
        .toList();
  }

  public static Map<String, String> outputs(Stack stack) {
    Map<String, String> outputs = new LinkedHashMap<>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    return outputs;
  }

  /** The lab that a stack of ours belongs to. */
  public static String labOf(Stack stack) {
    return tags(stack).getOrDefault(LAB_TAG, "");
  }

  /** The copy of the lab that a stack of ours belongs to; empty for the first. */
  public static String instanceOf(Stack stack) {
    String instance = tags(stack).getOrDefault(INSTANCE_TAG, FIRST_INSTANCE);
    return instance.equals(FIRST_INSTANCE) ? "" : instance;
  }

  /** Where a stack of ours stands in the order of its lab's stacks, from 1. */
  public static int orderOf(Stack stack) {
    return Integer.parseInt(stackTag(stack).replaceFirst("/.*", ""));
  }

  /** How many stacks the lab of a stack of ours has. */
  public static int countOf(Stack stack) {
    return Integer.parseInt(stackTag(stack).replaceFirst(".*/", ""));
  }

  private static String stackTag(Stack stack) {
    String tag = tags(stack).getOrDefault(STACK_TAG, "");
    return tag.matches("[0-9]{1,3}/[0-9]{1,3}") ? tag : "1/1";
  }

  public static Map<String, String> tags(Stack stack) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Tag tag : stack.tags()) {
      tags.put(tag.key(), tag.value());
    }
    return tags;
  }

  /** Whether an error says that there is no such stack. */
  public static boolean isMissing(CloudFormationException e) {
    return e.awsErrorDetails() != null
        && "ValidationError".equals(e.awsErrorDetails().errorCode())
        && String.valueOf(e.awsErrorDetails().errorMessage()).contains("does not exist");
  }
}
