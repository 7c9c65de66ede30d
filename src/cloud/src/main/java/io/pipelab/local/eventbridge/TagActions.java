package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.TagList;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.TagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.TagResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceResponse;

/** Tags of rules and buses. */
final class TagActions {
  private final Buses buses;

  TagActions(Buses buses) {
    this.buses = buses;
  }

  void addTo(Actions actions) {
    actions
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource);
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    of(request.resourceARN())
        .putAll(TagList.read(request.tags(), Tag::key, Tag::value, "ValidationException"));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    of(request.resourceARN()).keySet().removeAll(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(
            TagList.write(
                of(request.resourceARN()),
                (key, value) -> Tag.builder().key(key).value(value).build()))
        .build();
  }

  private Map<String, String> of(String arn) {
    return buses.all().stream()
        .flatMap(
            bus ->
                bus.arn.equals(arn)
                    ? Stream.of(bus.tags)
                    : bus.rules().stream().filter(rule -> rule.arn.equals(arn)).map(r -> r.tags))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound("Rule or EventBus " + arn + " does not exist."));
  }
}
