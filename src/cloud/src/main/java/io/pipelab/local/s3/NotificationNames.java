package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/** What S3 completes in a notification configuration: ids, and how filter rules are written. */
final class NotificationNames {
  private NotificationNames() {}

  /**
   * The configuration as S3 keeps and shows it.
   *
   * @throws AwsError InvalidArgument when an id is given twice
   */
  static NotificationConfiguration complete(NotificationConfiguration given) {
    List<TopicConfiguration> topics = new ArrayList<>();
    List<QueueConfiguration> queues = new ArrayList<>();
    List<LambdaFunctionConfiguration> functions = new ArrayList<>();
    for (TopicConfiguration each : given.topicConfigurations()) {
      topics.add(each.toBuilder().id(id(each.id())).filter(filter(each.filter())).build());
    }
    for (QueueConfiguration each : given.queueConfigurations()) {
      queues.add(each.toBuilder().id(id(each.id())).filter(filter(each.filter())).build());
    }
    for (LambdaFunctionConfiguration each : given.lambdaFunctionConfigurations()) {
      functions.add(each.toBuilder().id(id(each.id())).filter(filter(each.filter())).build());
    }
    NotificationConfiguration complete =
        given.toBuilder()
            .topicConfigurations(topics)
            .queueConfigurations(queues)
            .lambdaFunctionConfigurations(functions)
            .build();
    requireUniqueIds(complete);
    return complete;
  }

  private static String id(@Nullable String given) {
    return given == null || given.isEmpty() ? UUID.randomUUID().toString() : given;
  }

  private static @Nullable NotificationConfigurationFilter filter(
      @Nullable NotificationConfigurationFilter given) {
    if (given == null || given.key() == null) {
      return given;
    }
    List<FilterRule> rules =
        given.key().filterRules().stream().map(NotificationNames::capitalized).toList();
    return given.toBuilder().key(key -> key.filterRules(rules)).build();
  }

  private static FilterRule capitalized(FilterRule rule) {
    String name = String.valueOf(rule.nameAsString()).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "prefix" -> rule.toBuilder().name("Prefix").build();
      case "suffix" -> rule.toBuilder().name("Suffix").build();
      default -> rule;
    };
  }

  private static void requireUniqueIds(NotificationConfiguration configuration) {
    List<Destination> all = Destination.of(configuration);
    if (new HashSet<>(all.stream().map(Destination::id).toList()).size() < all.size()) {
      throw AwsError.badRequest(
          "InvalidArgument", "Same ID used for multiple configurations. IDs must be unique");
    }
  }
}
