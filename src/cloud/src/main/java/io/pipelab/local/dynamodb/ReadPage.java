package io.pipelab.local.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/**
 * What a Scan, a Query or a SELECT read at once.
 *
 * @param items those that passed the filter; empty where only their number was asked for
 * @param count how many passed the filter
 * @param scanned how many were read
 * @param next where the next page begins; null at the end
 * @param bytes how much was read, as far as the engine tells
 * @param capacity what it consumed, where the engine tells
 */
record ReadPage<K>(
    List<Map<String, AttributeValue>> items,
    int count,
    int scanned,
    @Nullable K next,
    long bytes,
    @Nullable ConsumedCapacity capacity) {
  /** This page and the one that follows it, as one. */
  ReadPage<K> and(ReadPage<K> following) {
    List<Map<String, AttributeValue>> together = new ArrayList<>(items);
    together.addAll(following.items);
    return new ReadPage<>(
        together,
        count + following.count,
        scanned + following.scanned,
        following.next,
        bytes + following.bytes,
        ConsumedUnits.sum(capacity, following.capacity));
  }
}
