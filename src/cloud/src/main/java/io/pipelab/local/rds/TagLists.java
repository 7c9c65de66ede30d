package io.pipelab.local.rds;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.TagList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/** The tags of RDS's resources, by ARN. */
final class TagLists {
  private final Map<String, Map<String, String>> byArn = new ConcurrentHashMap<>();

  void addTo(Actions actions) {
    actions
        .on(AddTagsToResourceRequest.class, this::add)
        .on(RemoveTagsFromResourceRequest.class, this::removeTags)
        .on(ListTagsForResourceRequest.class, this::list);
  }

  static Map<String, String> read(@Nullable Collection<Tag> tags) {
    return TagList.read(
        tags,
        Tag::key,
        // RDS takes a tag without a value as one with an empty one.
        tag -> tag.value() == null ? "" : tag.value(),
        "InvalidParameterValue");
  }

  void put(String arn, Map<String, String> tags) {
    byArn.put(arn, Map.copyOf(tags));
  }

  void remove(String arn) {
    byArn.remove(arn);
  }

  List<Tag> of(String arn) {
    return TagList.write(
        byArn.getOrDefault(arn, Map.of()),
        (key, value) -> Tag.builder().key(key).value(value).build());
  }

  /** As a resource's tags stand; empty when there are none. */
  Map<String, String> map(String arn) {
    return byArn.getOrDefault(arn, Map.of());
  }

  private AddTagsToResourceResponse add(AddTagsToResourceRequest request) {
    Map<String, String> more = read(request.tags());
    change(request.resourceName(), tags -> TagList.merged(tags, more));
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse removeTags(RemoveTagsFromResourceRequest request) {
    change(request.resourceName(), tags -> TagList.without(tags, request.tagKeys()));
    return RemoveTagsFromResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    change(request.resourceName(), tags -> tags);
    return ListTagsForResourceResponse.builder().tagList(of(request.resourceName())).build();
  }

  private void change(String arn, UnaryOperator<Map<String, String>> change) {
    Map<String, String> changed =
        byArn.computeIfPresent(arn, (key, tags) -> Map.copyOf(change.apply(tags)));
    if (changed == null) {
      throw notFound(arn);
    }
  }

  private static AwsError notFound(String arn) {
    String[] parts = arn.split(":", 7);
    if (parts.length < 7 || !parts[0].equals("arn")) {
      return RdsErrors.value("Invalid resource name: " + arn);
    }
    return switch (parts[5]) {
      case "db" -> RdsErrors.instanceNotFound(parts[6]);
      case "subgrp" -> RdsErrors.groupNotFound(parts[6]);
      case "snapshot" -> RdsErrors.snapshotNotFound(parts[6]);
      default -> AwsError.notImplemented("tags of RDS's resources of type " + parts[5]);
    };
  }
}
