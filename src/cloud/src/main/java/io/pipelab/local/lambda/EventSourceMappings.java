package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.lambda.execution.InvocationResult;
import io.pipelab.local.lambda.polling.BatchTarget;
import io.pipelab.local.lambda.polling.PollerSettings;
import io.pipelab.local.lambda.polling.QueuePoller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** The event source mappings that exist, by UUID. */
final class EventSourceMappings implements AutoCloseable {
  private final CloudIdentity identity;
  private final Invocations invocations;
  private final MessageQueues queues;
  private final Map<String, EventSourceMapping> byUuid = new ConcurrentSkipListMap<>();
  private final Executor steps;

  /**
   * @param steps runs what goes on when a wait is over
   */
  EventSourceMappings(
      CloudIdentity identity, Invocations invocations, MessageQueues queues, Executor steps) {
    this.steps = steps;
    this.identity = identity;
    this.invocations = invocations;
    this.queues = queues;
  }

  /**
   * Starts a mapping.
   *
   * @throws AwsError ResourceConflictException when the function has one for the queue
   */
  synchronized void add(
      EventSourceMappingConfiguration configuration, boolean enabled, Map<String, String> tags) {
    find(configuration.eventSourceArn(), configuration.functionArn())
        .ifPresent(
            existing -> {
              throw Errors.conflict(
                  "An event source mapping with SQS arn (\" "
                      + existing.queueArn()
                      + " \") and function (\" "
                      + FunctionName.parse(existing.functionArn(), null).name()
                      + " \") already exists. Please update or delete the existing mapping with"
                      + " UUID "
                      + existing.uuid());
            });
    byUuid.put(
        configuration.uuid(),
        new EventSourceMapping(configuration, enabled, tags, this::startPoller));
  }

  private QueuePoller startPoller(EventSourceMapping mapping, PollerSettings settings) {
    return QueuePoller.start(
        mapping.queueArn(), settings, queues, new MappedFunction(mapping), steps);
  }

  private Optional<EventSourceMapping> find(String queueArn, String functionArn) {
    return all().stream()
        .filter(each -> each.queueArn().equals(queueArn))
        .filter(each -> each.functionArn().equals(functionArn))
        .findFirst();
  }

  /**
   * A mapping.
   *
   * @throws AwsError ResourceNotFoundException
   */
  EventSourceMapping get(String uuid) {
    EventSourceMapping mapping = byUuid.get(uuid);
    if (mapping == null || mapping.gone()) {
      throw Errors.notFound("The resource you requested does not exist.");
    }
    return mapping;
  }

  List<EventSourceMapping> all() {
    byUuid.values().removeIf(EventSourceMapping::gone);
    return List.copyOf(byUuid.values());
  }

  /** Functions are gone: their queues are not read for them. */
  void lookAgain() {
    byUuid.values().forEach(EventSourceMapping::lookAgain);
  }

  @Override
  public void close() {
    byUuid.values().forEach(EventSourceMapping::delete);
  }

  /** The function that a mapping names at the time. */
  private final class MappedFunction implements BatchTarget {
    private final EventSourceMapping mapping;

    MappedFunction(EventSourceMapping mapping) {
      this.mapping = mapping;
    }

    private Target target() {
      return invocations.target(FunctionName.parse(mapping.functionArn(), null));
    }

    @Override
    public boolean present() {
      try {
        target();
        return true;
      } catch (AwsError e) {
        return false;
      }
    }

    @Override
    public Caller reader() {
      String role = target().version().configuration().role();
      return Caller.RoleSession.of(identity, role, "awslambda");
    }

    @Override
    public CompletionStage<InvocationResult> invoke(byte[] event) {
      return invocations.run(target(), Invoker.newRequestId(), event);
    }
  }
}
