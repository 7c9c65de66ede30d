package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamResponse;
import software.amazon.awssdk.services.kinesis.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.RemoveTagsFromStreamRequest;
import software.amazon.awssdk.services.kinesis.model.RemoveTagsFromStreamResponse;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.TagResourceRequest;
import software.amazon.awssdk.services.kinesis.model.TagResourceResponse;
import software.amazon.awssdk.services.kinesis.model.UntagResourceRequest;
import software.amazon.awssdk.services.kinesis.model.UntagResourceResponse;

/** A stream's tags, by the older actions and by the newer ones. */
final class TagActions {
  private static final int MOST_TAGS = 50;

  private final Streams streams;

  TagActions(Streams streams) {
    this.streams = streams;
  }

  void addTo(Actions actions) {
    actions
        .on(AddTagsToStreamRequest.class, this::addTagsToStream)
        .on(RemoveTagsFromStreamRequest.class, this::removeTagsFromStream)
        .on(ListTagsForStreamRequest.class, this::listTagsForStream)
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource);
  }

  private AddTagsToStreamResponse addTagsToStream(AddTagsToStreamRequest request) {
    add(streams.of(request.streamName(), request.streamARN()), request.tags());
    return AddTagsToStreamResponse.builder().build();
  }

  private static void add(Stream stream, Map<String, String> tags) {
    if (TagList.merged(stream.tags, tags).size() > MOST_TAGS) {
      throw Refusals.invalid(
          "Failed to add tags to stream "
              + stream.name
              + " because a given stream cannot have more than "
              + MOST_TAGS
              + " tags associated with it.");
    }
    stream.tags.putAll(tags);
  }

  private RemoveTagsFromStreamResponse removeTagsFromStream(RemoveTagsFromStreamRequest request) {
    request.tagKeys().forEach(streams.of(request.streamName(), request.streamARN()).tags::remove);
    return RemoveTagsFromStreamResponse.builder().build();
  }

  private ListTagsForStreamResponse listTagsForStream(ListTagsForStreamRequest request) {
    String after = request.exclusiveStartTagKey();
    List<Tag> behind =
        tags(streams.of(request.streamName(), request.streamARN())).stream()
            .filter(each -> after == null || each.key().compareTo(after) > 0)
            .toList();
    int limit = request.limit() == null ? MOST_TAGS : request.limit();
    return ListTagsForStreamResponse.builder()
        .tags(behind.stream().limit(limit).toList())
        .hasMoreTags(behind.size() > limit)
        .build();
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    add(streams.of(null, request.resourceARN()), request.tags());
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    request.tagKeys().forEach(streams.of(null, request.resourceARN()).tags::remove);
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(tags(streams.of(null, request.resourceARN())))
        .build();
  }

  private static List<Tag> tags(Stream stream) {
    return TagList.write(stream.tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }
}
