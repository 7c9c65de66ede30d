package io.pipelab.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One lab, as its manifest {@code lab.yaml} says.
 *
 * @param id the folder's name
 * @param folder where the manifest and the templates are
 * @param parameters what a user may set with {@code -P}, by name
 */
public record Lab(
    String id,
    String title,
    String summary,
    Path folder,
    List<String> services,
    Cost cost,
    Map<String, Parameter> parameters,
    List<StackSpec> stacks,
    List<ImageSpec> images,
    List<DriveSpec> drive,
    List<StepSpec> steps) {

  /**
   * What the lab costs on AWS.
   *
   * @param hourlyUsd US dollars an hour while the lab is up and idle
   */
  public record Cost(double hourlyUsd, String note) {}

  /**
   * A parameter of the lab.
   *
   * @param local the default on the embedded cloud, when it differs
   */
  public record Parameter(String description, String value, @Nullable String local) {}

  /**
   * One CloudFormation stack, in the order in which they are created.
   *
   * @param id {@code foundation}, {@code lab} ...; the stack is named {@code
   *     pipelab-[INSTANCE-]LAB-ID}
   * @param template the template's file in the lab's folder
   * @param parameters template parameters; values may hold {@code ${...}} references
   */
  public record StackSpec(String id, Path template, Map<String, String> parameters) {}

  /**
   * A container image that pipelab builds from its own classes.
   *
   * @param id how the manifest refers to it: {@code ${image.ID.uri}}
   * @param repository reference to the repository's name, usually a stack output
   * @param mainClass the class that the container runs
   */
  public record ImageSpec(String id, String repository, String mainClass) {}

  /**
   * One thing that {@code run} does to the lab before it verifies.
   *
   * @param action the action's name: {@code load-queue}, {@code upload}, {@code publish} ...
   * @param with the action's settings, references not yet resolved
   */
  public record DriveSpec(String action, Map<String, String> with) {}

  /**
   * One step of the lab.
   *
   * @param hop where in the pipeline it stands, for the report: {@code SQS -> alarm}
   * @param needsLoad whether it can hold only after the lab was driven
   */
  public record StepSpec(
      String id, String title, String hop, boolean needsLoad, List<CheckSpec> checks) {}

  /**
   * One check of a step.
   *
   * @param type the check type's name
   * @param with its settings as plain YAML values (text, numbers, lists, maps), references not yet
   *     resolved
   * @param hint what to do when it fails
   * @param line where it stands in the manifest, from 1
   */
  public record CheckSpec(
      String id, String type, Map<String, Object> with, String hint, int line) {}
}
