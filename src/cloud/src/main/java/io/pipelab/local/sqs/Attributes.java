package io.pipelab.local.sqs;

import io.pipelab.local.sqs.engine.Digest;
import io.pipelab.local.sqs.engine.MessageAttribute;
import io.pipelab.local.sqs.engine.MessageAttributes;
import io.pipelab.local.sqs.engine.NewMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Message attributes between the SDK's model and the engine. */
final class Attributes {
  private static final String TRACE_HEADER = "AWSTraceHeader";

  private Attributes() {}

  static MessageAttributes of(Map<String, MessageAttributeValue> attributes) {
    List<MessageAttribute> list = new ArrayList<>(attributes.size());
    attributes.forEach(
        (name, value) ->
            list.add(
                new MessageAttribute(
                    name,
                    value.dataType(),
                    value.stringValue(),
                    value.binaryValue() == null ? null : value.binaryValue().asByteArrayUnsafe())));
    return MessageAttributes.of(list);
  }

  static Map<String, MessageAttributeValue> of(MessageAttributes attributes) {
    Map<String, MessageAttributeValue> map = new LinkedHashMap<>();
    for (MessageAttribute each : attributes.list()) {
      byte[] bytes = each.bytes();
      map.put(
          each.name(),
          MessageAttributeValue.builder()
              .dataType(each.dataType())
              .stringValue(each.text())
              .binaryValue(bytes == null ? null : SdkBytes.fromByteArrayUnsafe(bytes))
              .build());
    }
    return map;
  }

  /** The MD5 of a message's attributes, or null when it has none. */
  static @Nullable Digest md5(NewMessage message) {
    MessageAttributes attributes = message.content().attributes();
    return attributes.isEmpty() ? null : attributes.md5();
  }

  /** The MD5 of a message's system attributes, or null when it has none. */
  static @Nullable Digest systemMd5(NewMessage message) {
    String header = message.content().traceHeader();
    if (header == null) {
      return null;
    }
    MessageAttribute attribute = new MessageAttribute(TRACE_HEADER, "String", header, null);
    return MessageAttributes.of(List.of(attribute)).md5();
  }
}
