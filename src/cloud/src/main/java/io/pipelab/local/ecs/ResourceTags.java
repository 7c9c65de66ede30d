package io.pipelab.local.ecs;

import io.pipelab.local.cloudformation.resource.ResourceRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Tag;

/** The tags of clusters, task definitions and tasks, by ARN. */
final class ResourceTags {
  private static final int MOST = 50;

  private final Map<String, Map<String, String>> byArn = new HashMap<>();

  /** Sets tags over those that are there. */
  synchronized void add(String arn, Collection<Tag> tags) {
    Map<String, String> all = new TreeMap<>(byArn.getOrDefault(arn, Map.of()));
    for (Tag tag : tags) {
      if (tag.key() == null || tag.key().isEmpty()) {
        throw EcsErrors.invalid("Tag key cannot be empty.");
      }
      all.put(tag.key(), Objects.requireNonNullElse(tag.value(), ""));
    }
    if (all.size() > MOST) {
      throw EcsErrors.invalid("The number of tags exceeds the limit of " + MOST + ".");
    }
    byArn.put(arn, all);
  }

  synchronized void remove(String arn, Collection<String> keys) {
    Map<String, String> left = new TreeMap<>(byArn.getOrDefault(arn, Map.of()));
    left.keySet().removeAll(keys);
    byArn.put(arn, left);
  }

  /** Sets exactly these tags. */
  synchronized void replace(String arn, Collection<Tag> tags) {
    byArn.remove(arn);
    add(arn, tags);
  }

  synchronized List<Tag> of(String arn) {
    return byArn.getOrDefault(arn, Map.of()).entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  synchronized void forget(String arn) {
    byArn.remove(arn);
  }

  /** A resource's tags in a stack: the stack's, and its own over them. */
  static List<Tag> of(ResourceRequest request) {
    return request.tags().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
