package io.pipelab.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Lambda handler of the lab {@code decoupling}: an alarm that arrives through SNS starts container
 * tasks that drain the queue.
 *
 * <p>SNS may deliver a message more than once; its message id is the client token of {@code
 * RunTask}, so a repeated delivery starts nothing twice. Tasks that could not be started fail the
 * invocation, so that Lambda's retries and metrics see it.
 */
public final class StartTasks implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EcsClient ecs;
  private final TaskSettings settings;

  /** The client is built here and not on the first event, so that a SnapStart snapshot holds it. */
  public StartTasks() {
    this(
        EcsClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        TaskSettings.from(System.getenv()));
  }

  StartTasks(EcsClient ecs, TaskSettings settings) {
    this.ecs = ecs;
    this.settings = settings;
  }

  /**
   * Reads an SNS event and answers {@code {"tasks": [ARN...]}}.
   *
   * @throws IllegalArgumentException if the event is none of SNS
   * @throws IllegalStateException if fewer tasks than asked for were started
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    LambdaLogger log = context.getLogger();
    JsonNode records = JSON.readTree(event).path("Records");
    if (records.isEmpty()) {
      throw new IllegalArgumentException("the event holds no SNS record");
    }
    ObjectNode result = JSON.createObjectNode();
    ArrayNode started = result.putArray("tasks");
    for (JsonNode record : records) {
      JsonNode sns = record.path("Sns");
      if (sns.path("MessageId").asText().isEmpty()) {
        throw new IllegalArgumentException("the event is none of SNS: a record has no MessageId");
      }
      if (asksForTasks(sns.path("Message").asText(), log)) {
        start(sns.path("MessageId").asText(), log).forEach(task -> started.add(task.taskArn()));
      }
    }
    JSON.writeValue(answer, result);
  }

  /** An alarm that went back to OK wants no tasks; any other message does. */
  private static boolean asksForTasks(String message, LambdaLogger log) {
    JsonNode alarm = alarm(message);
    String state = alarm.path("NewStateValue").asText("ALARM");
    if (!state.equals("ALARM")) {
      log.log("alarm " + alarm.path("AlarmName").asText() + " is " + state + ": no task to start");
      return false;
    }
    if (alarm.has("AlarmName")) {
      log.log("alarm " + alarm.path("AlarmName").asText() + ": " + reason(alarm));
    }
    return true;
  }

  private static String reason(JsonNode alarm) {
    return alarm.path("NewStateReason").asText("no reason given");
  }

  private static JsonNode alarm(String message) {
    try {
      return JSON.readTree(message);
    } catch (JsonProcessingException e) {
      // A message that a person published by hand.
      return MissingNode.getInstance();
    }
  }

  private List<Task> start(String messageId, LambdaLogger log) {
    RunTaskResponse response = ecs.runTask(request(messageId));
    response.tasks().forEach(task -> log.log("started task " + task.taskArn()));
    response.failures().forEach(failure -> log.log("task not started: " + describe(failure)));
    int started = response.tasks().size();
    if (response.hasFailures() && !response.failures().isEmpty() || started < settings.count()) {
      throw new IllegalStateException(
          "started " + started + " of " + settings.count() + " tasks" + reasons(response));
    }
    return response.tasks();
  }

  private RunTaskRequest request(String messageId) {
    return RunTaskRequest.builder()
        .cluster(settings.cluster())
        .taskDefinition(settings.taskDefinition())
        .count(settings.count())
        .launchType(LaunchType.FARGATE)
        .networkConfiguration(
            network ->
                network.awsvpcConfiguration(
                    vpc ->
                        vpc.subnets(settings.subnets())
                            .securityGroups(settings.securityGroups())
                            .assignPublicIp(AssignPublicIp.ENABLED)))
        .startedBy("pipelab")
        .clientToken(messageId)
        .build();
  }

  private static String reasons(RunTaskResponse response) {
    if (response.failures().isEmpty()) {
      return "";
    }
    return ": "
        + String.join("; ", response.failures().stream().map(StartTasks::describe).toList());
  }

  private static String describe(Failure failure) {
    String text = String.valueOf(failure.reason());
    if (failure.detail() != null) {
      text += " (" + failure.detail() + ")";
    }
    return failure.arn() == null ? text : text + " " + failure.arn();
  }
}
