package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Actions;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodResponse;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodResponse;
import software.amazon.awssdk.services.kinesis.model.UpdateMaxRecordSizeRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateMaxRecordSizeResponse;
import software.amazon.awssdk.services.kinesis.model.UpdateStreamModeRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateStreamModeResponse;

/** How long records are kept, how large they may be, and the stream's mode. */
final class SettingActions {
  private final Streams streams;

  SettingActions(Streams streams) {
    this.streams = streams;
  }

  void addTo(Actions actions) {
    actions
        .on(IncreaseStreamRetentionPeriodRequest.class, this::increase)
        .on(DecreaseStreamRetentionPeriodRequest.class, this::decrease)
        .on(UpdateStreamModeRequest.class, this::updateStreamMode)
        .on(UpdateMaxRecordSizeRequest.class, this::updateMaxRecordSize);
  }

  private IncreaseStreamRetentionPeriodResponse increase(
      IncreaseStreamRetentionPeriodRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    int hours = checked(request.retentionPeriodHours());
    if (hours < stream.records.retention().toHours()) {
      throw Refusals.invalid(
          "Requested retention period ("
              + hours
              + " hours) for stream "
              + stream.name
              + " can not be shorter than existing retention period ("
              + stream.records.retention().toHours()
              + " hours). Use DecreaseRetentionPeriod API.");
    }
    stream.records.keep(Duration.ofHours(hours));
    return IncreaseStreamRetentionPeriodResponse.builder().build();
  }

  private DecreaseStreamRetentionPeriodResponse decrease(
      DecreaseStreamRetentionPeriodRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    int hours = checked(request.retentionPeriodHours());
    if (hours > stream.records.retention().toHours()) {
      throw Refusals.invalid(
          "Requested retention period ("
              + hours
              + " hours) for stream "
              + stream.name
              + " can not be longer than existing retention period ("
              + stream.records.retention().toHours()
              + " hours). Use IncreaseRetentionPeriod API.");
    }
    stream.records.keep(Duration.ofHours(hours));
    return DecreaseStreamRetentionPeriodResponse.builder().build();
  }

  /** Hours that the service takes. */
  static int checked(int hours) {
    if (hours < Streams.DEFAULT_HOURS) {
      throw Refusals.invalid(
          "Minimum allowed retention period is "
              + Streams.DEFAULT_HOURS
              + " hours. Requested retention period ("
              + hours
              + " hours) is too short.");
    }
    if (hours > Streams.MOST_HOURS) {
      throw Refusals.invalid(
          "Maximum allowed retention period is "
              + Streams.MOST_HOURS
              + " hours. Requested retention period ("
              + hours
              + " hours) is too long.");
    }
    return hours;
  }

  private UpdateStreamModeResponse updateStreamMode(UpdateStreamModeRequest request) {
    Stream stream = streams.of(null, request.streamARN());
    stream.mode = Objects.requireNonNull(request.streamModeDetails().streamMode());
    return UpdateStreamModeResponse.builder().build();
  }

  private UpdateMaxRecordSizeResponse updateMaxRecordSize(UpdateMaxRecordSizeRequest request) {
    Stream stream = streams.of(null, request.streamARN());
    Streams.checkRecordSize(request.maxRecordSizeInKiB());
    stream.maxRecordKib = request.maxRecordSizeInKiB();
    return UpdateMaxRecordSizeResponse.builder().build();
  }
}
