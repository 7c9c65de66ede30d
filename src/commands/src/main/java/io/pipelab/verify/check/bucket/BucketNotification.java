package io.pipelab.verify.check.bucket;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/** A bucket tells a topic of these events, for these keys, and nobody of anything else. */
public record BucketNotification(
    String bucket, String topic, List<String> events, String prefix, String suffix)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("bucket-notification")
          .needs("bucket", "events")
          .takes("topic", "function", "prefix", "suffix")
          .madeBy(
              settings ->
                  new BucketNotification(
                      settings.text("bucket"),
                      settings.has("function") ? settings.text("function") : settings.text("topic"),
                      settings.texts("events"),
                      settings.textOr("prefix", ""),
                      settings.textOr("suffix", "")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(words(events, prefix, suffix, topic));
    GetBucketNotificationConfigurationResponse has;
    try {
      has = scope.clients().s3().getBucketNotificationConfiguration(get -> get.bucket(bucket));
    } catch (NoSuchBucketException e) {
      return claim.lacks("there is no bucket " + bucket);
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return claim.lacks("there is no bucket " + bucket);
      }
      throw e;
    }
    List<String> seen = seen(has);
    if (seen.isEmpty()) {
      return claim.never(bucket + " notifies nobody").fixedBy(fix());
    }
    String actual = String.join("; ", seen);
    return seen.equals(List.of(claim.expected()))
        ? claim.holds(actual)
        : claim.never(actual).fixedBy(fix());
  }

  private ShellCommand fix() {
    boolean function = topic.contains(":lambda:");
    Map<String, Object> one = new LinkedHashMap<>();
    one.put(function ? "LambdaFunctionArn" : "TopicArn", topic);
    one.put("Events", events);
    List<Map<String, String>> rules = new ArrayList<>();
    if (!prefix.isEmpty()) {
      rules.add(Map.of("Name", "prefix", "Value", prefix));
    }
    if (!suffix.isEmpty()) {
      rules.add(Map.of("Name", "suffix", "Value", suffix));
    }
    if (!rules.isEmpty()) {
      one.put("Filter", Map.of("Key", Map.of("FilterRules", rules)));
    }
    String kind = function ? "LambdaFunctionConfigurations" : "TopicConfigurations";
    return ShellCommand.of(
        "aws",
        "s3api",
        "put-bucket-notification-configuration",
        "--bucket",
        bucket,
        "--notification-configuration",
        PolicyJson.text(Map.of(kind, List.of(one))));
  }

  private static List<String> seen(GetBucketNotificationConfigurationResponse has) {
    List<String> seen = new ArrayList<>();
    for (TopicConfiguration one : has.topicConfigurations()) {
      seen.add(
          words(
              one.eventsAsStrings(),
              rule(one.filter(), "prefix"),
              rule(one.filter(), "suffix"),
              one.topicArn()));
    }
    has.queueConfigurations()
        .forEach(one -> seen.add(all(one.events()) + " to " + name(one.queueArn())));
    for (LambdaFunctionConfiguration one : has.lambdaFunctionConfigurations()) {
      seen.add(
          words(
              one.eventsAsStrings(),
              rule(one.filter(), "prefix"),
              rule(one.filter(), "suffix"),
              one.lambdaFunctionArn()));
    }
    if (has.eventBridgeConfiguration() != null) {
      seen.add("all to EventBridge");
    }
    return seen;
  }

  private static String all(List<Event> events) {
    return String.join(", ", events.stream().map(Event::toString).toList());
  }

  /** AWS answers the rules' names in either case. */
  private static String rule(NotificationConfigurationFilter filter, String name) {
    if (filter == null || filter.key() == null) {
      return "";
    }
    return filter.key().filterRules().stream()
        .filter(rule -> rule.nameAsString().toLowerCase(Locale.ROOT).equals(name))
        .map(FilterRule::value)
        .findFirst()
        .orElse("");
  }

  private static String words(List<String> events, String prefix, String suffix, String target) {
    return String.join(", ", new TreeSet<>(events))
        + " for "
        + prefix
        + "*"
        + suffix
        + " to "
        + name(target);
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
