package io.pipelab.local.sns;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Message attributes as SQS has them, for raw delivery. */
final class QueueAttributes {
  private QueueAttributes() {}

  static Map<String, software.amazon.awssdk.services.sqs.model.MessageAttributeValue> of(
      Map<String, MessageAttributeValue> attributes) {
    Map<String, software.amazon.awssdk.services.sqs.model.MessageAttributeValue> mapped =
        new HashMap<>();
    attributes.forEach(
        (name, value) ->
            mapped.put(
                name,
                software.amazon.awssdk.services.sqs.model.MessageAttributeValue.builder()
                    .dataType(value.dataType())
                    .stringValue(value.stringValue())
                    .binaryValue(value.binaryValue())
                    .build()));
    return mapped;
  }
}
