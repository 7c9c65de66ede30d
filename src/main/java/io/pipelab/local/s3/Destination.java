package io.pipelab.local.s3;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/**
 * Where one notification configuration sends its events.
 *
 * @param id the configuration's own, which event records carry
 */
record Destination(Kind kind, String arn, String id, EventFilter filter) {
  enum Kind {
    TOPIC,
    QUEUE,
    FUNCTION
  }

  static List<Destination> of(NotificationConfiguration configuration) {
    List<Destination> all = new ArrayList<>();
    for (TopicConfiguration each : configuration.topicConfigurations()) {
      EventFilter filter = EventFilter.of(each.eventsAsStrings(), each.filter());
      all.add(new Destination(Kind.TOPIC, each.topicArn(), id(each.id(), each.topicArn()), filter));
    }
    for (QueueConfiguration each : configuration.queueConfigurations()) {
      EventFilter filter = EventFilter.of(each.eventsAsStrings(), each.filter());
      all.add(new Destination(Kind.QUEUE, each.queueArn(), id(each.id(), each.queueArn()), filter));
    }
    for (LambdaFunctionConfiguration each : configuration.lambdaFunctionConfigurations()) {
      EventFilter filter = EventFilter.of(each.eventsAsStrings(), each.filter());
      String arn = each.lambdaFunctionArn();
      all.add(new Destination(Kind.FUNCTION, arn, id(each.id(), arn), filter));
    }
    return all;
  }

  private static String id(@Nullable String given, String arn) {
    return given == null || given.isEmpty()
        ? java.util
            .UUID
            .nameUUIDFromBytes(arn.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toString()
        : given;
  }
}
