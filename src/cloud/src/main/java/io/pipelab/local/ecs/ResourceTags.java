package io.pipelab.local.ecs;

import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.kernel.TagList;
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
    byArn.put(arn, TagList.without(byArn.getOrDefault(arn, Map.of()), keys));
  }

  /** Sets exactly these tags. */
  synchronized void replace(String arn, Collection<Tag> tags) {
    byArn.remove(arn);
    add(arn, tags);
  }

  synchronized List<Tag> of(String arn) {
    return list(byArn.getOrDefault(arn, Map.of()));
  }

  synchronized void forget(String arn) {
    byArn.remove(arn);
  }

  /** A resource's tags in a stack: the stack's, and its own over them. */
  static List<Tag> of(ResourceRequest request) {
    return list(request.tags());
  }

  private static List<Tag> list(Map<String, String> tags) {
    return TagList.write(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }
}
