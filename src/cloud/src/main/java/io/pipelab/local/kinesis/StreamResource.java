package io.pipelab.local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** {@code AWS::Kinesis::Stream}. */
final class StreamResource implements ResourceType {
  private static final int MAX_NAME = 128;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Kinesis::Stream")
          .createOnly("Name")
          .properties(
              "ShardCount",
              "RetentionPeriodHours",
              "StreamModeDetails",
              "MaxRecordSizeInKiB",
              "Tags")
          .named("Name")
          .attributes("Arn");

  private final Streams streams;

  StreamResource(Streams streams) {
    this.streams = streams;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    Stream stream =
        streams.create(
            new Streams.Wanted(
                request.nameOr("Name", MAX_NAME),
                shards(request),
                mode(request),
                hours(request),
                number(request, "MaxRecordSizeInKiB", Streams.DEFAULT_RECORD_KIB),
                request.tags()));
    return PhysicalResource.of(stream.name).with("Arn", stream.arn);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Stream stream = streams.of(current.physicalId(), null);
    stream.mode = mode(after);
    Integer shards = shards(after);
    if (shards != null && shards != stream.openShards()) {
      ShardActions.checkTarget(stream.openShards(), shards);
      stream.records.scale(shards);
    }
    stream.records.keep(Duration.ofHours(hours(after)));
    int kib = number(after, "MaxRecordSizeInKiB", Streams.DEFAULT_RECORD_KIB);
    Streams.checkRecordSize(kib);
    stream.maxRecordKib = kib;
    before.tags().keySet().forEach(stream.tags::remove);
    stream.tags.putAll(after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    streams.all().stream()
        .filter(each -> each.name.equals(current.physicalId()))
        .forEach(streams::delete);
  }

  private static StreamMode mode(ResourceRequest request) {
    String mode = request.properties().path("StreamModeDetails").path("StreamMode").asText();
    return mode.isEmpty() ? StreamMode.PROVISIONED : StreamMode.fromValue(mode);
  }

  /** One shard when a provisioned stream does not say; none when the stream is on demand. */
  private static @Nullable Integer shards(ResourceRequest request) {
    if (mode(request) == StreamMode.ON_DEMAND) {
      return request.text("ShardCount") == null ? null : number(request, "ShardCount", 1);
    }
    return number(request, "ShardCount", 1);
  }

  private static int hours(ResourceRequest request) {
    return SettingActions.checked(number(request, "RetentionPeriodHours", Streams.DEFAULT_HOURS));
  }

  private static int number(ResourceRequest request, String property, int otherwise) {
    JsonNode value = request.properties().path(property);
    return value.isMissingNode() ? otherwise : value.asInt();
  }
}
