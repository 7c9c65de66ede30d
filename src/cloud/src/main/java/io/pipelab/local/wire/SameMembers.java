package io.pipelab.local.wire;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Copies what two of the SDK's model classes have in common: services answer one configuration in
 * many classes that share no type but have members of the same names.
 */
public final class SameMembers {
  private SameMembers() {}

  /** Sets each member of the builder that the source has by that name and type, and returns it. */
  public static <B extends SdkPojo> B copy(SdkPojo from, B builder) {
    Map<String, SdkField<?>> source = new HashMap<>();
    from.sdkFields().forEach(field -> source.put(field.memberName(), field));
    for (SdkField<?> field : builder.sdkFields()) {
      SdkField<?> same = source.get(field.memberName());
      if (same != null && interchangeable(same, field)) {
        Object value = same.getValueOrDefault(from);
        if (value != null
            && !(value instanceof SdkAutoConstructList)
            && !(value instanceof SdkAutoConstructMap)) {
          field.set(builder, value);
        }
      }
    }
    return builder;
  }

  /** {@code Environment} of a request and {@code EnvironmentResponse} are different classes. */
  private static boolean interchangeable(SdkField<?> one, SdkField<?> other) {
    if (!one.marshallingType().equals(other.marshallingType())) {
      return false;
    }
    return one.marshallingType() != MarshallingType.SDK_POJO
        || one.constructor().get().getClass() == other.constructor().get().getClass();
  }
}
