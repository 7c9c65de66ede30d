package io.pipelab.local.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** A value for a member of any type that says something: no service's default. */
final class Samples {
  private Samples() {}

  static Object value(SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo structure = field.constructor().get();
      structure.sdkFields().stream()
          .filter(each -> each.marshallingType() != MarshallingType.DOCUMENT)
          .filter(each -> each.marshallingType() != MarshallingType.SDK_POJO)
          .findFirst()
          .or(() -> structure.sdkFields().stream().findFirst())
          .ifPresent(each -> each.set(structure, value(each)));
      return ((Buildable) structure).build();
    } else if (type == MarshallingType.LIST) {
      return List.of(value(field.getRequiredTrait(ListTrait.class).memberFieldInfo()));
    } else if (type == MarshallingType.MAP) {
      return Map.of("k", value(field.getRequiredTrait(MapTrait.class).valueFieldInfo()));
    }
    return scalar(type);
  }

  private static Object scalar(MarshallingType<?> type) {
    if (type == MarshallingType.BOOLEAN) {
      return true;
    } else if (type == MarshallingType.INTEGER) {
      return 7;
    } else if (type == MarshallingType.LONG) {
      return 7L;
    } else if (type == MarshallingType.SHORT) {
      return (short) 7;
    } else if (type == MarshallingType.DOUBLE) {
      return 7.5;
    } else if (type == MarshallingType.FLOAT) {
      return 7.5f;
    } else if (type == MarshallingType.BIG_DECIMAL) {
      return BigDecimal.TEN;
    } else if (type == MarshallingType.INSTANT) {
      return Instant.EPOCH;
    } else if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromUtf8String("x");
    }
    return "some";
  }
}
