package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.DeadLetterConfig;
import software.amazon.awssdk.services.eventbridge.model.EcsParameters;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;
import software.amazon.awssdk.services.eventbridge.model.KinesisParameters;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;
import software.amazon.awssdk.services.eventbridge.model.SqsParameters;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** {@code AWS::Events::Rule}. */
final class RuleResource implements ResourceType {
  private static final int MAX_NAME = 64;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Events::Rule")
          .createOnly("Name", "EventBusName")
          .properties(
              "Description",
              "EventPattern",
              "RoleArn",
              "ScheduleExpression",
              "State",
              "Tags",
              "Targets")
          .named("Name")
          .attributes("Arn");

  private static final Set<String> OF_TARGETS =
      Set.of(
          "Arn",
          "Id",
          "RoleArn",
          "Input",
          "InputPath",
          "InputTransformer",
          "SqsParameters",
          "KinesisParameters",
          "EcsParameters",
          "RetryPolicy",
          "DeadLetterConfig");

  private final RuleActions rules;

  RuleResource(RuleActions rules) {
    this.rules = rules;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("Name", MAX_NAME);
    Rule rule = rules.put(request(name, request), request.tags());
    try {
      TargetActions.put(rule, targets(request));
    } catch (AwsError e) {
      rules.delete(rule);
      throw e;
    }
    String id = rule.bus.equals(Bus.DEFAULT) ? name : rule.bus + "|" + name;
    return PhysicalResource.of(id).with("Arn", rule.arn);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    List<Target> targets = targets(after);
    Rule rule = rules.put(request(name(current), after), Map.of());
    rule.remove(List.copyOf(rule.targets().keySet()));
    TargetActions.put(rule, targets);
    before.tags().keySet().forEach(rule.tags::remove);
    rule.tags.putAll(after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () -> {
          Rule rule = rules.get(name(current), last.text("EventBusName"));
          rule.remove(List.copyOf(rule.targets().keySet()));
          rules.delete(rule);
        });
  }

  private static String name(PhysicalResource resource) {
    return resource.physicalId().substring(resource.physicalId().indexOf('|') + 1);
  }

  private static PutRuleRequest request(String name, ResourceRequest request) {
    JsonNode pattern = request.properties().path("EventPattern");
    return PutRuleRequest.builder()
        .name(name)
        .eventBusName(request.text("EventBusName"))
        .description(request.text("Description"))
        .eventPattern(pattern.isMissingNode() ? null : text(pattern))
        .scheduleExpression(request.text("ScheduleExpression"))
        .roleArn(request.text("RoleArn"))
        .state(request.text("State"))
        .build();
  }

  /** Patterns may be objects or JSON text. */
  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static List<Target> targets(ResourceRequest request) {
    List<Target> targets = new ArrayList<>();
    request.properties().path("Targets").forEach(each -> targets.add(target(each)));
    return targets;
  }

  private static Target target(JsonNode json) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!OF_TARGETS.contains(name)) {
                throw AwsError.notImplemented("the property Targets." + name + " of rules");
              }
            });
    return Target.builder()
        .id(json.path("Id").asText())
        .arn(json.path("Arn").asText())
        .roleArn(optional(json.path("RoleArn")))
        .input(optional(json.path("Input")))
        .inputPath(optional(json.path("InputPath")))
        .inputTransformer(transformer(json.path("InputTransformer")))
        .sqsParameters(sqs(json.path("SqsParameters")))
        .kinesisParameters(kinesis(json.path("KinesisParameters")))
        .ecsParameters(ecs(json.path("EcsParameters")))
        .retryPolicy(retries(json.path("RetryPolicy")))
        .deadLetterConfig(deadLetters(json.path("DeadLetterConfig")))
        .build();
  }

  private static @Nullable String optional(JsonNode value) {
    return value.isMissingNode() ? null : value.asText();
  }

  private static @Nullable InputTransformer transformer(JsonNode json) {
    if (json.isMissingNode()) {
      return null;
    }
    Map<String, String> paths = new HashMap<>();
    json.path("InputPathsMap")
        .fields()
        .forEachRemaining(each -> paths.put(each.getKey(), each.getValue().asText()));
    return InputTransformer.builder()
        .inputPathsMap(paths)
        .inputTemplate(json.path("InputTemplate").asText())
        .build();
  }

  private static @Nullable SqsParameters sqs(JsonNode json) {
    return json.isMissingNode()
        ? null
        : SqsParameters.builder().messageGroupId(json.path("MessageGroupId").asText()).build();
  }

  private static @Nullable KinesisParameters kinesis(JsonNode json) {
    return json.isMissingNode()
        ? null
        : KinesisParameters.builder()
            .partitionKeyPath(json.path("PartitionKeyPath").asText())
            .build();
  }

  /** As in the API, but for the name of the tags. */
  private static @Nullable EcsParameters ecs(JsonNode json) {
    if (!(json instanceof ObjectNode given)) {
      return null;
    }
    ObjectNode named = given.deepCopy();
    JsonNode tags = named.remove("TagList");
    if (tags != null) {
      named.set("Tags", tags);
    }
    return Pojos.bind(named, EcsParameters.builder());
  }

  private static @Nullable RetryPolicy retries(JsonNode json) {
    return json.isMissingNode()
        ? null
        : RetryPolicy.builder()
            .maximumRetryAttempts(number(json.path("MaximumRetryAttempts")))
            .maximumEventAgeInSeconds(number(json.path("MaximumEventAgeInSeconds")))
            .build();
  }

  private static @Nullable Integer number(JsonNode value) {
    return value.isMissingNode() ? null : Integer.valueOf(value.asInt());
  }

  private static @Nullable DeadLetterConfig deadLetters(JsonNode json) {
    return json.isMissingNode()
        ? null
        : DeadLetterConfig.builder().arn(json.path("Arn").asText()).build();
  }
}
