package io.pipelab.local.s3;

import java.util.ArrayList;
import java.util.List;
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
      all.add(new Destination(Kind.TOPIC, each.topicArn(), each.id(), filter));
    }
    for (QueueConfiguration each : configuration.queueConfigurations()) {
      EventFilter filter = EventFilter.of(each.eventsAsStrings(), each.filter());
      all.add(new Destination(Kind.QUEUE, each.queueArn(), each.id(), filter));
    }
    for (LambdaFunctionConfiguration each : configuration.lambdaFunctionConfigurations()) {
      EventFilter filter = EventFilter.of(each.eventsAsStrings(), each.filter());
      String arn = each.lambdaFunctionArn();
      all.add(new Destination(Kind.FUNCTION, arn, each.id(), filter));
    }
    return all;
  }
}
