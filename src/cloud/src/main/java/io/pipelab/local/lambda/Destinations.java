package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.EventBuses;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.TopicPublisher;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Where asynchronous events go when they are done or given up. */
final class Destinations {
  private static final System.Logger LOG = System.getLogger(Destinations.class.getName());
  private static final int MAX_ERROR_MESSAGE = 1024;

  /** Why a record is sent, in the record's own words. */
  enum Condition {
    SUCCESS("Success"),
    RETRIES_EXHAUSTED("RetriesExhausted"),
    EVENT_AGE_EXCEEDED("EventAgeExceeded"),
    ZERO_RESERVED_CONCURRENCY("ZeroReservedConcurrency");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final MessageQueues queues;
  private final TopicPublisher topics;
  private final AccessControl access;
  private final FunctionMetrics metrics;
  private final BiConsumer<String, byte[]> functions;
  private volatile @Nullable EventBuses buses;

  /**
   * @param functions hands an event to another function's asynchronous queue, by its ARN
   */
  Destinations(
      CloudIdentity identity,
      CloudClock clock,
      MessageQueues queues,
      TopicPublisher topics,
      AccessControl access,
      FunctionMetrics metrics,
      BiConsumer<String, byte[]> functions) {
    this.identity = identity;
    this.clock = clock;
    this.queues = queues;
    this.topics = topics;
    this.access = access;
    this.metrics = metrics;
    this.functions = functions;
  }

  /** Gives it the buses; until then events to them cannot be delivered. */
  void connect(EventBuses eventBuses) {
    buses = eventBuses;
  }

  /**
   * Refuses a destination that nothing could be sent to.
   *
   * @throws AwsError InvalidParameterValueException, NotImplemented for S3
   */
  static void check(String arn) {
    String service;
    try {
      service = Arn.parse(arn).service();
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("The destination ARN is invalid: " + arn);
    }
    switch (service) {
      case "sqs", "sns", "lambda" -> {}
      case "events" -> {
        if (!arn.contains(":event-bus/")) {
          throw Errors.invalid("The provided destination config is invalid: " + arn);
        }
      }
      case "s3" -> throw AwsError.notImplemented("S3 destinations of functions");
      default -> throw Errors.invalid("The provided destination config is invalid: " + arn);
    }
  }

  /** Sends the on-success record, when there is such a destination. */
  void succeeded(Target target, AsyncEvent event, InvocationResult result) {
    FunctionEventInvokeConfig config = target.function().eventInvokeConfig(target.qualifier());
    if (config != null
        && config.destinationConfig() != null
        && config.destinationConfig().onSuccess() != null) {
      send(
          target,
          config.destinationConfig().onSuccess().destination(),
          record(target, event, result, Condition.SUCCESS),
          "Success");
    }
  }

  /** Sends a failed event on; false when there is nowhere to send it, so that it is dropped. */
  boolean failed(
      Target target, AsyncEvent event, @Nullable InvocationResult result, Condition condition) {
    boolean sent = false;
    FunctionEventInvokeConfig config = target.function().eventInvokeConfig(target.qualifier());
    if (config != null
        && config.destinationConfig() != null
        && config.destinationConfig().onFailure() != null) {
      String record = record(target, event, result, condition);
      send(target, config.destinationConfig().onFailure().destination(), record, "Failure");
      sent = true;
    }
    if (target.version().configuration().deadLetterConfig() != null) {
      deadLetter(target, event, result);
      sent = true;
    }
    return sent;
  }

  private String record(
      Target target, AsyncEvent event, @Nullable InvocationResult result, Condition condition) {
    return DestinationRecord.of(clock.now(), target, event, result, condition.text());
  }

  /**
   * @param outcome Success or Failure
   */
  private void send(Target target, String destination, String record, String outcome) {
    try {
      switch (Arn.parse(destination).service()) {
        case "sqs" -> queues.send(destination, record, Map.of(), asRole(target));
        case "sns" -> topics.publish(destination, null, record, asRole(target));
        case "events" -> put(target, destination, record, outcome);
        default -> invoke(target, destination, record);
      }
    } catch (AwsError e) {
      metrics.count(target, "DestinationDeliveryFailures", 1);
      LOG.log(Level.WARNING, () -> "no delivery to " + destination + ": " + e.getMessage());
    }
  }

  private void put(Target target, String bus, String record, String outcome) {
    require(target, "events:PutEvents", bus);
    EventBuses connected = buses;
    if (connected == null) {
      throw AwsError.notImplemented("destinations before Lambda is connected to EventBridge");
    }
    String function = target.function().arn() + ":" + target.version().version();
    connected.put(
        bus,
        "lambda",
        "Lambda Function Invocation Result - " + outcome,
        List.of(bus, function),
        record);
  }

  private void require(Target target, String action, String resource) {
    Optional<AccessControl.Refusal> refusal =
        access.refusal(new AccessControl.Use(asRole(target), action, resource), "");
    if (refusal.isPresent()) {
      throw AwsError.accessDenied("AccessDeniedException", refusal.get().message());
    }
  }

  private void invoke(Target target, String function, String record) {
    require(target, "lambda:InvokeFunction", function);
    functions.accept(function, record.getBytes(StandardCharsets.UTF_8));
  }

  /** The event itself, with what went wrong as message attributes where the target takes them. */
  private void deadLetter(Target target, AsyncEvent event, @Nullable InvocationResult result) {
    String queue = target.version().configuration().deadLetterConfig().targetArn();
    String body = new String(event.payload(), StandardCharsets.UTF_8);
    try {
      if (Arn.parse(queue).service().equals("sqs")) {
        queues.send(queue, body, attributes(event, result), asRole(target));
      } else {
        topics.publish(queue, null, body, asRole(target));
      }
    } catch (AwsError e) {
      metrics.count(target, "DeadLetterErrors", 1);
      LOG.log(Level.WARNING, () -> "no dead letter to " + queue + ": " + e.getMessage());
    }
  }

  private static Map<String, MessageAttributeValue> attributes(
      AsyncEvent event, @Nullable InvocationResult result) {
    return Map.of(
        "RequestID", attribute("String", event.requestId()),
        "ErrorCode", attribute("Number", "200"),
        "ErrorMessage", attribute("String", errorMessage(result)));
  }

  private static String errorMessage(@Nullable InvocationResult result) {
    if (result == null) {
      return "The function did not run";
    }
    String message = DestinationRecord.errorMessage(result.payload());
    return message.length() > MAX_ERROR_MESSAGE ? message.substring(0, MAX_ERROR_MESSAGE) : message;
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }

  /** Lambda sends with the function's own role. */
  private Caller asRole(Target target) {
    String role = target.version().configuration().role();
    return Caller.RoleSession.of(identity, role, target.function().name());
  }
}
