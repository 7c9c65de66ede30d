package io.pipelab.workflow.look;

import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.byname.MissingPart;
import io.pipelab.workflow.look.LabResources.LabResource;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** A lab at a glance: its stacks, and the state of what moves in it. Changes nothing. */
public final class LookAround {
  private static final int AT_ONCE = 4;

  private final LabCopy copy;
  private final LabParts parts;
  private final Cloud cloud;

  /**
   * The stacks' tags tell all that is needed, without the manifest.
   *
   * @param parts those that were found by their names
   */
  public LookAround(LabCopy copy, LabParts parts, Cloud cloud) {
    this.copy = copy;
    this.parts = parts;
    this.cloud = cloud;
  }

  /**
   * What was seen; {@code up} when every stack of the lab stands, or every part was found that the
   * stacks lack.
   */
  public record Sight(boolean up, List<StatusLine> lines) {}

  /** Looks. */
  public Sight look() {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, LookAround::daemon);
    try {
      List<StatusLine> lines = new ArrayList<>();
      List<Future<Optional<StatusLine>>> looks = new ArrayList<>();
      List<Stack> found =
          stacks.ours().stream()
              .filter(stack -> Stacks.labOf(stack).equals(copy.lab()))
              .filter(stack -> Stacks.instanceOf(stack).equals(copy.instance()))
              .sorted(Comparator.comparing(Stacks::orderOf))
              .toList();
      Set<LabResource> resources = new LinkedHashSet<>();
      for (Stack stack : found) {
        lines.add(stackLine(stack));
        for (StackResourceSummary resource : stacks.standing(stack.stackName())) {
          if (resource.physicalResourceId() != null) {
            resources.add(new LabResource(resource.resourceType(), resource.physicalResourceId()));
          }
        }
      }
      parts
          .found()
          .forEach(one -> resources.add(new LabResource(one.part().type(), one.part().id())));
      resources.stream()
          .filter(resource -> ResourceStatus.knows(resource.type()))
          .forEach(resource -> looks.add(threads.submit(() -> look(resource))));
      for (Future<Optional<StatusLine>> look : looks) {
        result(look).ifPresent(lines::add);
      }
      parts.missing().forEach(part -> lines.add(missingLine(part)));
      boolean byHand = !parts.found().isEmpty() && parts.complete();
      return new Sight(isUp(found) || byHand, lines);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isUp(List<Stack> stacks) {
    return !stacks.isEmpty()
        && stacks.size() == Stacks.countOf(stacks.get(0))
        && stacks.stream()
            .allMatch(s -> StackState.of(s.stackStatusAsString()) == StackState.STANDING);
  }

  private static StatusLine stackLine(Stack stack) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("status", stack.stackStatusAsString());
    return new StatusLine("stack", stack.stackName(), stack.stackStatusAsString(), facts);
  }

  private static StatusLine missingLine(MissingPart part) {
    return new StatusLine(
        part.spec().kind(), String.join(" or ", part.names()), part.why(), Map.of("missing", true));
  }

  private Optional<StatusLine> look(LabResource resource) {
    try {
      return ResourceStatus.of(cloud.clients(), resource.type(), resource.id());
    } catch (AwsServiceException e) {
      // One thing that cannot be seen shall not hide the others.
      String code = e.awsErrorDetails() == null ? "no AWS error" : e.awsErrorDetails().errorCode();
      return Optional.of(
          new StatusLine(
              resource.type(), resource.id(), "cannot be seen: " + code, Map.of("error", code)));
    }
  }

  private static Optional<StatusLine> result(Future<Optional<StatusLine>> look) {
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking around", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "status");
    thread.setDaemon(true);
    return thread;
  }
}
