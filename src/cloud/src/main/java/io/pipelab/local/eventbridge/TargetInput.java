package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.eventbridge.input.EventPath;
import io.pipelab.local.eventbridge.input.InputTemplate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a target gets: the whole event, a part of it, a constant, or a template filled. */
final class TargetInput {
  private TargetInput() {}

  static String of(Rule rule, Target target, Event event) {
    if (target.input() != null) {
      return target.input();
    }
    if (target.inputPath() != null) {
      JsonNode part = EventPath.parse(target.inputPath()).in(event.json());
      return part.isMissingNode() ? "{}" : part.toString();
    }
    if (target.inputTransformer() != null) {
      return InputTemplate.parse(
              target.inputTransformer().inputTemplate(), target.inputTransformer().inputPathsMap())
          .fill(event.json(), known(rule, event));
    }
    return event.json().toString();
  }

  /**
   * The variables that EventBridge sets itself (User Guide, "Input path and reserved variables").
   */
  private static Map<String, JsonNode> known(Rule rule, Event event) {
    return Map.of(
        "aws.events.rule-arn",
        TextNode.valueOf(rule.arn),
        "aws.events.rule-name",
        TextNode.valueOf(rule.name),
        "aws.events.event.ingestion-time",
        TextNode.valueOf(event.ingested().truncatedTo(ChronoUnit.SECONDS).toString()),
        "aws.events.event",
        event.json(),
        "aws.events.event.json",
        event.json());
  }

  /**
   * Lets a target's settings pass.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationException
   */
  static void check(Target target) {
    long ways =
        Stream.of(target.input(), target.inputPath(), target.inputTransformer())
            .filter(each -> each != null)
            .count();
    if (ways > 1) {
      throw Refusals.invalid(
          "Only one of Input, InputPath, or InputTransformer must be provided for target "
              + target.id()
              + ".");
    }
    if (target.input() != null && !InputTemplate.isJson(target.input())) {
      throw Refusals.invalid("JSON syntax error in input for target " + target.id() + ".");
    }
    if (target.inputPath() != null) {
      checkPath(target.inputPath(), target);
    }
    if (target.inputTransformer() != null) {
      target.inputTransformer().inputPathsMap().values().forEach(path -> checkPath(path, target));
    }
  }

  private static void checkPath(String path, Target target) {
    try {
      EventPath.parse(path);
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid("Invalid InputPath for target " + target.id() + ".");
    }
  }
}
