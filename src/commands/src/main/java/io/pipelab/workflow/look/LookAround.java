package io.pipelab.workflow.look;

import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Cloud cloud;

  /** The stacks' tags tell all that is needed, without the manifest. */
  public LookAround(LabCopy copy, Cloud cloud) {
    this.copy = copy;
    this.cloud = cloud;
  }

  /** What was seen; {@code up} when every stack of the lab stands. */
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
      for (Stack stack : found) {
        lines.add(stackLine(stack));
        for (StackResourceSummary resource : stacks.resources(stack.stackName())) {
          if (ResourceStatus.knows(resource.resourceType())
              && resource.physicalResourceId() != null) {
            looks.add(threads.submit(() -> look(resource)));
          }
        }
      }
      for (Future<Optional<StatusLine>> look : looks) {
        result(look).ifPresent(lines::add);
      }
      return new Sight(isUp(found), lines);
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

  private Optional<StatusLine> look(StackResourceSummary resource) {
    try {
      return ResourceStatus.of(
          cloud.clients(), resource.resourceType(), resource.physicalResourceId());
    } catch (AwsServiceException e) {
      // One thing that cannot be seen shall not hide the others.
      String code = e.awsErrorDetails() == null ? "no AWS error" : e.awsErrorDetails().errorCode();
      return Optional.of(
          new StatusLine(
              resource.resourceType(),
              resource.physicalResourceId(),
              "cannot be seen: " + code,
              Map.of("error", code)));
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
