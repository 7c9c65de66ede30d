package io.pipelab.local.dynamodb;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/** The capacity that several reads of one table consumed together. */
final class ConsumedUnits {
  private ConsumedUnits() {}

  static @Nullable ConsumedCapacity sum(
      @Nullable ConsumedCapacity one, @Nullable ConsumedCapacity other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    ConsumedCapacity.Builder sum =
        one.toBuilder()
            .capacityUnits(sum(one.capacityUnits(), other.capacityUnits()))
            .readCapacityUnits(sum(one.readCapacityUnits(), other.readCapacityUnits()))
            .table(sum(one.table(), other.table()));
    if (one.hasLocalSecondaryIndexes() || other.hasLocalSecondaryIndexes()) {
      sum.localSecondaryIndexes(sum(one.localSecondaryIndexes(), other.localSecondaryIndexes()));
    }
    if (one.hasGlobalSecondaryIndexes() || other.hasGlobalSecondaryIndexes()) {
      sum.globalSecondaryIndexes(sum(one.globalSecondaryIndexes(), other.globalSecondaryIndexes()));
    }
    return sum.build();
  }

  private static Map<String, Capacity> sum(Map<String, Capacity> one, Map<String, Capacity> other) {
    Map<String, Capacity> sums = new HashMap<>(one);
    other.forEach((index, capacity) -> sums.merge(index, capacity, ConsumedUnits::both));
    return sums;
  }

  private static @Nullable Capacity sum(@Nullable Capacity one, @Nullable Capacity other) {
    return one == null || other == null ? (one == null ? other : one) : both(one, other);
  }

  private static Capacity both(Capacity one, Capacity other) {
    return Capacity.builder()
        .capacityUnits(sum(one.capacityUnits(), other.capacityUnits()))
        .readCapacityUnits(sum(one.readCapacityUnits(), other.readCapacityUnits()))
        .build();
  }

  private static @Nullable Double sum(@Nullable Double one, @Nullable Double other) {
    return one == null || other == null ? (one == null ? other : one) : Double.valueOf(one + other);
  }
}
