package io.pipelab.workflow.look;

import io.pipelab.lab.NearestName;
import io.pipelab.target.Failure;
import io.pipelab.workflow.byname.FoundPart;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Finds one queue or function among the labs that are up, by any name that its user knows. */
public final class FindResource {
  /** What can be looked for. */
  public enum Kind {
    QUEUE("queue", "AWS::SQS::Queue"),
    FUNCTION("function", "AWS::Lambda::Function");

    private final String word;
    private final String type;

    Kind(String word, String type) {
      this.word = word;
      this.type = type;
    }
  }

  /**
   * One that is there.
   *
   * @param logicalId its name in the stack's template; empty of one that was made by hand
   * @param id the physical id: a queue's URL, a function's name
   * @param outputs the names of the stack's outputs that give its id, name or ARN
   * @param values all outputs of the copy's stacks
   */
  public record Found(
      LabCopy copy, String logicalId, String id, List<String> outputs, Map<String, String> values) {
    /** Its name: of a queue the last part of its URL. */
    public String name() {
      return nameOf(id);
    }

    private boolean isExactly(String given) {
      return given.equals(id) || given.equals(name()) || isArnOf(given, name());
    }

    private boolean isAlso(String given) {
      return (!logicalId.isEmpty() && given.equals(logicalId))
          || outputs.contains(given)
          || name().equals(copy.instance() + "-" + given);
    }

    private Stream<String> names() {
      return Stream.concat(Stream.of(name(), logicalId), outputs.stream())
          .filter(name -> !name.isEmpty());
    }
  }

  private final Kind kind;
  private final String target;
  private final List<Found> all;

  private FindResource(Kind kind, String target, List<Found> all) {
    this.kind = kind;
    this.target = target;
    this.all = all;
  }

  /**
   * Among the copies that can be meant.
   *
   * @throws Failure of kind USAGE when none of them is up
   */
  public static FindResource among(Predicate<LabCopy> copies, Kind kind, Cloud cloud) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    List<Found> all = new ArrayList<>();
    Map<LabCopy, Map<String, String>> values = new HashMap<>();
    for (Stack stack : stacks.ours()) {
      LabCopy copy = new LabCopy(Stacks.labOf(stack), Stacks.instanceOf(stack));
      if (copies.test(copy)) {
        Map<String, String> ofCopy = values.computeIfAbsent(copy, none -> new TreeMap<>());
        ofCopy.putAll(Stacks.outputs(stack));
        stacks.standing(stack.stackName()).stream()
            .filter(each -> each.resourceType().equals(kind.type))
            .filter(each -> each.physicalResourceId() != null)
            .filter(each -> !each.physicalResourceId().isEmpty())
            .forEach(each -> all.add(found(copy, each, Stacks.outputs(stack), ofCopy)));
      }
    }
    if (values.isEmpty()) {
      throw Failure.usage(
          "no lab is up on " + cloud.target().name(),
          "'pipelab up' sets one up; see 'pipelab labs'");
    }
    return new FindResource(kind, cloud.target().name(), all);
  }

  /**
   * Among the parts of a lab that were found by their names.
   *
   * @param parts those that are in none of the lab's stacks
   */
  public static FindResource among(LabInstance lab, LabParts parts, Kind kind, Cloud cloud) {
    List<Found> all = new ArrayList<>();
    boolean stacks = new Stacks(cloud.clients().cloudFormation()).copies().contains(lab.copy());
    if (stacks) {
      all.addAll(among(lab.copy()::equals, kind, cloud).all);
    }
    Map<String, String> values = new TreeMap<>();
    for (FoundPart one : parts.found()) {
      one.spec()
          .outputs()
          .forEach((fact, output) -> values.put(output, one.part().facts().getOrDefault(fact, "")));
    }
    for (FoundPart one : parts.found()) {
      String id = one.part().id();
      boolean known = all.stream().anyMatch(other -> other.id().equals(id));
      if (one.part().type().equals(kind.type) && !known) {
        List<String> outputs = one.spec().outputs().values().stream().sorted().toList();
        all.add(new Found(lab.copy(), "", id, outputs, values));
      }
    }
    return new FindResource(kind, cloud.target().name(), all);
  }

  private static Found found(
      LabCopy copy,
      StackResourceSummary resource,
      Map<String, String> outputs,
      Map<String, String> ofCopy) {
    String id = resource.physicalResourceId();
    List<String> names = new ArrayList<>();
    new TreeMap<>(outputs)
        .forEach(
            (name, value) -> {
              if (value.equals(id) || value.equals(nameOf(id)) || isArnOf(value, nameOf(id))) {
                names.add(name);
              }
            });
    return new Found(copy, resource.logicalResourceId(), id, names, ofCopy);
  }

  /**
   * The one of that name.
   *
   * @param given its name, with or without the copy's prefix, its URL or ARN, its logical id, or an
   *     output that says which it is
   * @throws Failure of kind USAGE, with all that there are, when none is called so, or several are
   */
  public Found named(String given) {
    List<Found> exact = all.stream().filter(each -> each.isExactly(given)).toList();
    List<Found> called =
        exact.isEmpty() ? all.stream().filter(each -> each.isAlso(given)).toList() : exact;
    if (called.size() == 1) {
      return called.get(0);
    }
    if (called.isEmpty()) {
      String near =
          NearestName.of(given, all.stream().flatMap(Found::names).toList())
              .map(name -> "; did you mean \"" + name + "\"?")
              .orElse("");
      throw refused(
          "no lab on " + target + " has a " + kind.word + " \"" + given + "\"" + near, all);
    }
    throw refused(called.size() + " are called \"" + given + "\": use the name of one", called);
  }

  /** Says what there is, to a user who named none. */
  public Failure nothingNamed() {
    return refused("the name of a " + kind.word + " is missing", all);
  }

  private Failure refused(String what, List<Found> those) {
    String list =
        those.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.copy().asArguments(),
                    TreeMap::new,
                    Collectors.mapping(FindResource::words, Collectors.joining(", "))))
            .entrySet()
            .stream()
            .map(copy -> copy.getKey() + ": " + copy.getValue())
            .collect(Collectors.joining("; "));
    return new Failure(
        Failure.Kind.USAGE,
        what,
        list.isEmpty() ? "there is no " + kind.word + " in the labs that are up" : list,
        "a " + kind.word + " is known by its name, its logical id, or an output of its stack");
  }

  private static String words(Found one) {
    return one.logicalId().isEmpty() ? one.name() : one.name() + " (" + one.logicalId() + ")";
  }

  private static String nameOf(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static boolean isArnOf(String value, String name) {
    return value.startsWith("arn:") && value.endsWith(":" + name);
  }
}
