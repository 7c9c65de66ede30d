package io.pipelab.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One lab, as its manifest {@code lab.yaml} says.
 *
 * @param id the folder's name
 * @param folder where the manifest and the templates are
 * @param parameters what a user may set with {@code -P}, by name
 * @param goals what a learner can do after it
 * @param phases the parts in which it is built
 * @param drive what {@code run} does to it, all phases together
 * @param names how its parts are found where no stack tells of them
 */
public record Lab(
    String id,
    String title,
    String summary,
    Path folder,
    List<String> services,
    Cost cost,
    Map<String, Parameter> parameters,
    List<ArtifactSpec> artifacts,
    List<StackSpec> stacks,
    List<ImageSpec> images,
    List<String> goals,
    Phases phases,
    List<DriveSpec> drive,
    List<PartSpec> names,
    List<StepSpec> steps) {

  /** The manifest's file name. */
  public static final String MANIFEST = "lab.yaml";

  /** The file that this was read from. */
  public Path manifest() {
    return folder.resolve(MANIFEST);
  }

  /**
   * The parameters' values.
   *
   * @param local whether the lab runs on the embedded cloud, for which some defaults differ
   * @param given what the user set
   * @throws UnknownName when the user set a parameter that the lab does not have
   */
  public Map<String, String> parameterValues(boolean local, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!parameters.containsKey(name)) {
        throw new UnknownName("parameter", name, parameters.keySet());
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> values.put(name, parameter.valueOn(local)));
    values.putAll(given);
    return values;
  }

  /**
   * The step of that id.
   *
   * @throws UnknownName when the lab does not have it
   */
  public StepSpec step(String stepId) {
    return steps.stream()
        .filter(step -> step.id().equals(stepId))
        .findFirst()
        .orElseThrow(
            () -> new UnknownName("step", stepId, steps.stream().map(StepSpec::id).toList()));
  }

  /** The steps that a phase adds, and those of an earlier one that it adds a check to. */
  public List<StepSpec> stepsOf(Phase phase) {
    return steps.stream()
        .filter(
            step ->
                step.phase().equals(phase.id())
                    || step.checks().stream().anyMatch(check -> check.phase().equals(phase.id())))
        .toList();
  }

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
  public record Parameter(String description, String value, @Nullable String local) {
    String valueOn(boolean embedded) {
      return embedded && local != null ? local : value;
    }
  }

  /**
   * One CloudFormation stack, in the order in which they are created.
   *
   * @param id {@code foundation}, {@code lab} ...; the stack is named {@code
   *     pipelab-[INSTANCE-]LAB-ID}
   * @param template the template's file in the lab's folder
   * @param parameters template parameters; values may hold {@code ${...}} references
   */
  public record StackSpec(String id, Path template, Map<String, String> parameters) {
    /** What a parameter is given that says how far the stack is built. */
    static final String PHASE = "${phase}";

    /** The parameter that says how far the stack is built; empty when it is built as one. */
    public Optional<String> phaseParameter() {
      return parameters.entrySet().stream()
          .filter(entry -> entry.getValue().equals(PHASE))
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  /**
   * Code of the lab's functions, which is brought to the lab's artifact bucket.
   *
   * @param id how the manifest refers to it: {@code ${artifact.ID.bucket}}, {@code
   *     ${artifact.ID.key}}
   * @param jar the name of a jar that pipelab's own build makes
   */
  public record ArtifactSpec(String id, String jar) {}

  /**
   * A container image that pipelab builds from its own classes.
   *
   * @param id how the manifest refers to it: {@code ${image.ID.uri}}
   * @param repository reference to the repository's name, usually a stack output
   * @param jar the name of a jar that pipelab's own build makes: the image's only layer of code
   * @param mainClass the class that the container runs
   * @param function whether a function runs it, and not a task
   * @param phase the id of the phase that first needs it: it is built and pushed then, and its
   *     references are empty before; empty when every phase needs it
   */
  public record ImageSpec(
      String id, String repository, String jar, String mainClass, boolean function, String phase) {
    /** The tag of an image that could not be pushed, because its target has no registry. */
    public static final String NO_REGISTRY = ":no-registry";
  }

  /**
   * One thing that {@code run} does to the lab before it verifies.
   *
   * @param action the action's name: {@code load-queue}, {@code upload}, {@code publish} ...
   * @param with the action's settings, references not yet resolved
   * @param line where it stands in the manifest, from 1
   * @param lines where each of its settings stands
   */
  public record DriveSpec(
      String action, Map<String, String> with, int line, Map<String, Integer> lines) {
    public DriveSpec(String action, Map<String, String> with) {
      this(action, with, 1, Map.of());
    }

    /** Where a setting stands in the manifest; the action's own line when it is not there. */
    public int lineOf(String setting) {
      return lines.getOrDefault(setting, line);
    }
  }

  /**
   * One part of the lab that is found by its well-known name when somebody made it by hand.
   *
   * @param kind {@code queue}, {@code topic}, {@code function} ...
   * @param names what it may be called, the usual name first; one that ends with {@code *} is how
   *     its name begins. References not yet resolved
   * @param outputs the lab's outputs that it gives, by what they are of it: {@code url}, {@code
   *     arn}
   * @param advice whether the lab also does without it: what needs it is advice then
   * @param line where it stands in the manifest, from 1
   */
  public record PartSpec(
      String kind, List<String> names, Map<String, String> outputs, boolean advice, int line) {}

  /**
   * One step of the lab.
   *
   * @param hop where in the pipeline it stands, for the report: {@code SQS -> alarm}
   * @param needsLoad whether it can hold only after the lab was driven
   * @param needs the ids of the earlier steps without which it cannot hold
   * @param optional the parameter without which the step is skipped; null when it never is
   * @param phase the id of the phase that it belongs to; empty in a lab that is built as one
   */
  public record StepSpec(
      String id,
      String title,
      String hop,
      boolean needsLoad,
      List<String> needs,
      @Nullable String optional,
      String phase,
      List<CheckSpec> checks) {
    public StepSpec(
        String id,
        String title,
        String hop,
        boolean needsLoad,
        List<String> needs,
        List<CheckSpec> checks) {
      this(id, title, hop, needsLoad, needs, null, "", checks);
    }

    public StepSpec(
        String id, String title, String hop, boolean needsLoad, List<CheckSpec> checks) {
      this(id, title, hop, needsLoad, List.of(), null, "", checks);
    }
  }

  /**
   * What to do when a check fails; references not yet resolved.
   *
   * @param sentence for people
   * @param command what fixes it, when the check itself does not know: complete once its references
   *     are resolved
   */
  public record Hint(String sentence, @Nullable ShellCommand command) {}

  /**
   * What of a check is this lab's own claim, which somebody who follows the source by hand need not
   * fulfil: it is advice then.
   *
   * @param whole whether all of it is
   * @param settings else the settings that are, one in a map as {@code environment.NAME}
   */
  public record Advice(boolean whole, List<String> settings) {
    /** Nothing of it. */
    public static final Advice NONE = new Advice(false, List.of());

    /** All of it. */
    public static final Advice WHOLE = new Advice(true, List.of());
  }

  /**
   * One check of a step.
   *
   * @param type the check type's name
   * @param with its settings as plain YAML values (text, numbers, lists, maps), references not yet
   *     resolved
   * @param hint what to do when it fails
   * @param advice what of it is advice in a lab that was made by hand
   * @param phase the id of the phase from which on it can be looked at: its step's, or a later one
   * @param line where it stands in the manifest, from 1
   * @param lines where each of its settings stands
   */
  public record CheckSpec(
      String id,
      String type,
      Map<String, Object> with,
      Hint hint,
      Advice advice,
      String phase,
      int line,
      Map<String, Integer> lines) {
    public CheckSpec(String id, String type, Map<String, Object> with, Hint hint, int line) {
      this(id, type, with, hint, Advice.NONE, "", line, Map.of());
    }

    /** The same check with other settings. */
    public CheckSpec with(Map<String, Object> settings) {
      return new CheckSpec(id, type, settings, hint, advice, phase, line, lines);
    }

    /** Where a setting stands in the manifest; the check's own line when it is not there. */
    public int lineOf(String setting) {
      return lines.getOrDefault(setting, line);
    }
  }
}
