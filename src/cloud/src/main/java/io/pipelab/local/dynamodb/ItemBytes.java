package io.pipelab.local.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How large items are (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats"). */
final class ItemBytes {
  private ItemBytes() {}

  static long of(List<Map<String, AttributeValue>> items) {
    return items.stream().mapToLong(ItemBytes::of).sum();
  }

  private static long of(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToLong(attribute -> utf8(attribute.getKey()) + of(attribute.getValue()))
        .sum();
  }

  private static long of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      // Two digits a byte, and one byte more.
      case N -> value.n().length() / 2 + 1;
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> utf8(value.ss());
      case NS -> utf8(value.ns());
      case BS ->
          value.bs().stream().map(SdkBytes::asByteArrayUnsafe).mapToLong(b -> b.length).sum();
      case M -> 3 + of(value.m());
      case L -> 3 + value.l().stream().mapToLong(ItemBytes::of).sum();
      default -> 1;
    };
  }

  private static long utf8(Collection<String> texts) {
    return texts.stream().mapToLong(ItemBytes::utf8).sum();
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
