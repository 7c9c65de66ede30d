package io.pipelab.workflow.look;

import io.pipelab.target.AwsClients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigatewayv2.model.GetApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How the resources that move are now: one row a type. */
final class ResourceStatus {
  /** Looks at one resource. */
  private interface Look {
    StatusLine at(AwsClients clients, String id);
  }

  private static final Map<String, Look> TYPES =
      Map.of(
          "AWS::SQS::Queue", ResourceStatus::queue,
          "AWS::CloudWatch::Alarm", ResourceStatus::alarm,
          "AWS::ECS::Cluster", ResourceStatus::cluster,
          "AWS::Lambda::Function", ResourceStatus::function,
          "AWS::Lambda::EventSourceMapping", ResourceStatus::trigger,
          "AWS::ApiGatewayV2::Api", ResourceStatus::api,
          "AWS::DynamoDB::Table", ResourceStatus::table);

  /** More items would cost more than a glance is worth. */
  private static final int MOST_COUNTED = 1000;

  private ResourceStatus() {}

  /** Looks at a resource, when there is something to see. */
  static Optional<StatusLine> of(AwsClients clients, String type, String id) {
    return Optional.ofNullable(TYPES.get(type)).map(look -> look.at(clients, id));
  }

  /** Whether {@link #of} has a row for the type. */
  static boolean knows(String type) {
    return TYPES.containsKey(type);
  }

  private static StatusLine queue(AwsClients clients, String url) {
    Map<QueueAttributeName, String> attributes =
        clients
            .sqs()
            .getQueueAttributes(
                r ->
                    r.queueUrl(url)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    long visible = number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    long inFlight =
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("visible", visible);
    facts.put("inFlight", inFlight);
    return new StatusLine(
        "queue", afterLast(url, '/'), visible + " visible, " + inFlight + " in flight", facts);
  }

  private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }

  private static StatusLine alarm(AwsClients clients, String name) {
    List<MetricAlarm> alarms =
        clients.cloudWatch().describeAlarms(r -> r.alarmNames(name)).metricAlarms();
    if (alarms.isEmpty()) {
      return missing("alarm", name);
    }
    MetricAlarm alarm = alarms.get(0);
    Instant since = alarm.stateUpdatedTimestamp();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", alarm.stateValueAsString());
    facts.put("since", since);
    facts.put("reason", alarm.stateReason());
    String note =
        "ALARM".equals(alarm.stateValueAsString())
            ? "; it acts only on the change into ALARM, so more messages start nothing now"
            : "";
    return new StatusLine(
        "alarm", name, alarm.stateValueAsString() + " since " + since + note, facts);
  }

  private static StatusLine cluster(AwsClients clients, String name) {
    Map<String, Long> byStatus = new TreeMap<>();
    long badExits = 0;
    for (Task task : tasks(clients.ecs(), name)) {
      byStatus.merge(task.lastStatus(), 1L, Long::sum);
      badExits +=
          task.containers().stream()
              .filter(container -> container.exitCode() != null && container.exitCode() != 0)
              .count();
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("tasks", byStatus);
    facts.put("failedContainers", badExits);
    String text =
        byStatus.isEmpty()
            ? "no tasks"
            : String.join(
                ", ",
                byStatus.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
    return new StatusLine(
        "tasks",
        name,
        text + (badExits > 0 ? "; " + badExits + " containers ended with an error" : ""),
        facts);
  }

  private static List<Task> tasks(EcsClient ecs, String cluster) {
    // Stopped tasks stay listed for about an hour.
    List<String> arns = new ArrayList<>();
    for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
      arns.addAll(ecs.listTasks(r -> r.cluster(cluster).desiredStatus(status)).taskArns());
    }
    return arns.isEmpty()
        ? List.of()
        : ecs.describeTasks(
                r -> r.cluster(cluster).tasks(arns.subList(0, Math.min(100, arns.size()))))
            .tasks();
  }

  private static StatusLine function(AwsClients clients, String name) {
    GetFunctionConfigurationResponse function =
        clients.lambda().getFunctionConfiguration(r -> r.functionName(name));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", function.stateAsString());
    facts.put("lastModified", function.lastModified());
    return new StatusLine(
        "function", name, function.stateAsString() + ", " + function.runtimeAsString(), facts);
  }

  private static StatusLine trigger(AwsClients clients, String uuid) {
    GetEventSourceMappingResponse mapping =
        clients.lambda().getEventSourceMapping(r -> r.uuid(uuid));
    String queue = afterLast(mapping.eventSourceArn(), ':');
    String function = afterLast(mapping.functionArn(), ':');
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", mapping.state());
    facts.put("function", function);
    facts.put("batchSize", mapping.batchSize());
    return new StatusLine("trigger", queue, mapping.state() + ", calls " + function, facts);
  }

  /** The addresses at which the API answers, one a stage. */
  private static StatusLine api(AwsClients clients, String id) {
    GetApiResponse api = clients.apiGateway().getApi(r -> r.apiId(id));
    List<String> urls =
        clients.apiGateway().getStages(r -> r.apiId(id)).items().stream()
            .map(Stage::stageName)
            .map(stage -> api.apiEndpoint() + (stage.equals("$default") ? "" : "/" + stage))
            .toList();
    return new StatusLine(
        "api",
        api.name(),
        urls.isEmpty() ? "no stage" : String.join(", ", urls),
        Map.of("urls", urls));
  }

  private static String afterLast(String text, char separator) {
    return text.substring(text.lastIndexOf(separator) + 1);
  }

  /**
   * Counts a table that is small; a large one says itself how many items it has, on AWS of late.
   */
  private static StatusLine table(AwsClients clients, String name) {
    ScanResponse page =
        clients.dynamoDb().scan(r -> r.tableName(name).select(Select.COUNT).limit(MOST_COUNTED));
    boolean all = !page.hasLastEvaluatedKey() || page.lastEvaluatedKey().isEmpty();
    long items = page.count();
    String text = items + " items";
    if (!all) {
      long told = clients.dynamoDb().describeTable(r -> r.tableName(name)).table().itemCount();
      text = told > items ? "about " + told + " items" : "more than " + items + " items";
      items = Math.max(items, told);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("items", items);
    facts.put("complete", all);
    return new StatusLine("table", name, text, facts);
  }

  private static StatusLine missing(String kind, String name) {
    return new StatusLine(kind, name, "gone", Map.of());
  }
}
