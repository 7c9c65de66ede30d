package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.SameMembers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.ScalingConfig;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;

/** What an event source mapping for a queue can be set to, and what is refused. */
final class MappingSettings {
  private static final String ARN =
      "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)";

  private static final int DEFAULT_BATCH = 10;
  private static final int MOST_WITHOUT_WINDOW = 10;

  private MappingSettings() {}

  /** What a mapping has before its request is applied. */
  static EventSourceMappingConfiguration defaults() {
    return EventSourceMappingConfiguration.builder()
        .batchSize(DEFAULT_BATCH)
        .maximumBatchingWindowInSeconds(0)
        .functionResponseTypes(List.of())
        .build();
  }

  /** The settings of a creation as a change of the defaults. */
  static UpdateEventSourceMappingRequest asChange(CreateEventSourceMappingRequest request) {
    refuse(request.hasTopics() || request.hasQueues(), "Topics and Queues");
    refuse(request.startingPosition() != null, "StartingPosition");
    refuse(request.startingPositionTimestamp() != null, "StartingPositionTimestamp");
    return SameMembers.copy(request, UpdateEventSourceMappingRequest.builder()).build();
  }

  /**
   * A configuration with the members that the request sets; the others stay.
   *
   * @throws AwsError ValidationException, InvalidParameterValueException
   */
  static EventSourceMappingConfiguration apply(
      EventSourceMappingConfiguration base, UpdateEventSourceMappingRequest change) {
    refuseWhatQueuesHaveNot(change);
    EventSourceMappingConfiguration.Builder next = base.toBuilder();
    if (change.batchSize() != null) {
      next.batchSize(within(change.batchSize(), "batchSize", 1, 10_000));
    }
    if (change.maximumBatchingWindowInSeconds() != null) {
      next.maximumBatchingWindowInSeconds(
          within(
              change.maximumBatchingWindowInSeconds(), "maximumBatchingWindowInSeconds", 0, 300));
    }
    if (change.hasFunctionResponseTypes()) {
      next.functionResponseTypesWithStrings(responses(change.functionResponseTypesAsStrings()));
    }
    if (change.scalingConfig() != null) {
      next.scalingConfig(scaling(change.scalingConfig()));
    }
    return checked(next.build());
  }

  private static EventSourceMappingConfiguration checked(EventSourceMappingConfiguration next) {
    boolean fifo = next.eventSourceArn().endsWith(".fifo");
    if (fifo && next.batchSize() > MOST_WITHOUT_WINDOW) {
      throw Errors.invalid(
          "Batch size " + next.batchSize() + " is too large for a FIFO queue: the maximum is 10.");
    }
    if (fifo && next.maximumBatchingWindowInSeconds() > 0) {
      throw Errors.invalid("Batching window is not supported for FIFO queues.");
    }
    if (next.batchSize() > MOST_WITHOUT_WINDOW && next.maximumBatchingWindowInSeconds() == 0) {
      throw Errors.invalid(
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater"
              + " than 10");
    }
    return next;
  }

  private static int within(int value, String member, int least, int most) {
    if (value < least) {
      throw Errors.constraint(value, member, "have value greater than or equal to " + least);
    }
    if (value > most) {
      throw Errors.constraint(value, member, "have value less than or equal to " + most);
    }
    return value;
  }

  private static List<String> responses(List<String> types) {
    for (String type : types) {
      if (!type.equals(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES.toString())) {
        throw Errors.constraint(
            types, "functionResponseTypes", "satisfy enum value set: [ReportBatchItemFailures]");
      }
    }
    return types;
  }

  /** No maximum takes the setting away. */
  private static @Nullable ScalingConfig scaling(ScalingConfig config) {
    if (config.maximumConcurrency() == null) {
      return null;
    }
    within(config.maximumConcurrency(), "scalingConfig.maximumConcurrency", 2, 1000);
    return config;
  }

  private static void refuseWhatQueuesHaveNot(UpdateEventSourceMappingRequest change) {
    refuse(change.parallelizationFactor() != null, "ParallelizationFactor");
    refuse(change.maximumRecordAgeInSeconds() != null, "MaximumRecordAgeInSeconds");
    refuse(change.maximumRetryAttempts() != null, "MaximumRetryAttempts");
    refuse(change.bisectBatchOnFunctionError() != null, "BisectBatchOnFunctionError");
    refuse(change.tumblingWindowInSeconds() != null, "TumblingWindowInSeconds");
    refuse(change.destinationConfig() != null, "DestinationConfig");
    refuse(change.hasSourceAccessConfigurations(), "SourceAccessConfigurations");
  }

  private static void refuse(boolean given, String member) {
    if (given) {
      throw Errors.invalid(member + " is not supported for SQS event source mappings.");
    }
  }

  /**
   * The ARN of a queue.
   *
   * @throws AwsError NotImplemented for another source
   */
  static String queueArn(@Nullable String eventSourceArn) {
    if (eventSourceArn == null) {
      throw Errors.invalid("Event source ARN is required.");
    }
    try {
      Arn source = Arn.parse(eventSourceArn);
      if (!source.service().equals("sqs")) {
        throw AwsError.notImplemented("event source mappings for " + source.service());
      }
      return eventSourceArn;
    } catch (IllegalArgumentException e) {
      throw Errors.constraint(
          eventSourceArn, "eventSourceArn", "satisfy regular expression pattern: " + ARN);
    }
  }
}
