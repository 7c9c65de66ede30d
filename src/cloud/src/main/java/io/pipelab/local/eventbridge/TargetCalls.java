package io.pipelab.local.eventbridge;

import io.pipelab.local.eventbridge.input.EventPath;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.RecordStreams;
import io.pipelab.local.kernel.TaskRunner;
import io.pipelab.local.kernel.TopicPublisher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.KinesisParameters;
import software.amazon.awssdk.services.eventbridge.model.SqsParameters;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * Calls a target for a rule. Functions, queues, topics and log groups ask their own policies for
 * {@code events.amazonaws.com} with the rule's ARN; streams, buses and tasks are called with the
 * target's role.
 */
final class TargetCalls {
  /** What targets may be, by the service in their ARN. */
  static final Set<String> SERVICES =
      Set.of("lambda", "sqs", "sns", "logs", "kinesis", "events", "ecs");

  /** Those that are called with a role. */
  static final Set<String> WITH_ROLE = Set.of("kinesis", "events", "ecs");

  private static final String SERVICE = "events.amazonaws.com";

  private final FunctionInvoker functions;
  private final MessageQueues queues;
  private final TopicPublisher topics;
  private final LogSink logs;
  private final RecordStreams streams;
  private final TaskRunner tasks;
  private final Buses buses;
  private final AccessControl access;

  TargetCalls(
      FunctionInvoker functions,
      MessageQueues queues,
      TopicPublisher topics,
      LogSink logs,
      RecordStreams streams,
      TaskRunner tasks,
      Buses buses,
      AccessControl access) {
    this.functions = functions;
    this.queues = queues;
    this.topics = topics;
    this.logs = logs;
    this.streams = streams;
    this.tasks = tasks;
    this.buses = buses;
    this.access = access;
  }

  /** Where an event goes that a rule sends on to another bus. */
  interface Forward {
    void to(Bus bus, Event event);
  }

  /**
   * Gives a target its input.
   *
   * @throws AwsError what the target answers
   */
  void call(Rule rule, Target target, String input, Event event, Forward forward) {
    Caller caller = new Caller.ServicePrincipal(SERVICE, rule.arn);
    switch (Arn.parse(target.arn()).service()) {
      case "lambda" ->
          functions.invokeAsync(target.arn(), input.getBytes(StandardCharsets.UTF_8), caller);
      case "sqs" ->
          queues.send(
              target.arn(), input, Map.of(), grouping(target.sqsParameters(), input), caller);
      case "sns" -> topics.publish(target.arn(), null, input, caller);
      case "logs" -> log(target, event, input);
      case "kinesis" -> put(target, input, event);
      case "ecs" -> tasks.run(TaskTargets.request(rule, target, input), session(target));
      case "events" -> forward(target, event, forward);
      default -> throw AwsError.notImplemented("events to " + target.arn());
    }
  }

  /** A FIFO queue gets the event once: its content decides. */
  private static MessageQueues.Grouping grouping(@Nullable SqsParameters sqs, String input) {
    return sqs == null
        ? MessageQueues.Grouping.NONE
        : new MessageQueues.Grouping(
            sqs.messageGroupId(),
            UUID.nameUUIDFromBytes(input.getBytes(StandardCharsets.UTF_8)).toString());
  }

  private void log(Target target, Event event, String input) {
    String resource = Arn.parse(target.arn()).resource();
    String group = resource.substring("log-group:".length()).replaceFirst(":\\*$", "");
    logs.append(group, event.id(), List.of(input));
  }

  private void put(Target target, String input, Event event) {
    require(target, "kinesis:PutRecord");
    KinesisParameters parameters = target.kinesisParameters();
    String key =
        parameters == null
            ? event.id()
            : EventPath.parse(parameters.partitionKeyPath()).in(event.json()).asText(event.id());
    streams.put(target.arn(), key, input.getBytes(StandardCharsets.UTF_8));
  }

  private void forward(Target target, Event event, Forward forward) {
    require(target, "events:PutEvents");
    forward.to(buses.get(target.arn()), event);
  }

  /** Who calls a target with its role. */
  private Caller session(Target target) {
    return Caller.RoleSession.of(buses.identity, target.roleArn(), "events");
  }

  private void require(Target target, String action) {
    access
        .refusal(new AccessControl.Use(session(target), action, target.arn()), "")
        .ifPresent(
            refusal -> {
              throw AwsError.accessDenied("AccessDeniedException", refusal.message());
            });
  }
}
