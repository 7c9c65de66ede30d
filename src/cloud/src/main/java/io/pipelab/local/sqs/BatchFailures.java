package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/** One entry of a batch that was refused while others may have gone through. */
final class BatchFailures {
  private BatchFailures() {}

  static BatchResultErrorEntry entry(String id, AwsError error) {
    return BatchResultErrorEntry.builder()
        .id(id)
        .code(error.code())
        .message(error.getMessage())
        .senderFault(error.status() < 500)
        .build();
  }
}
