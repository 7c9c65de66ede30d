package io.pipelab.local.sqs;

import io.pipelab.local.cloudformation.resource.AttachedPolicy;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.Map;

/** {@code AWS::SQS::QueuePolicy}: one policy document on one or more queues. */
final class QueuePolicyResource extends AttachedPolicy {
  private static final TypeSchema SCHEMA = schema("AWS::SQS::QueuePolicy", "Queues");

  private final Queues queues;

  QueuePolicyResource(Queues queues) {
    super("Queues");
    this.queues = queues;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  protected void put(String url, String document) {
    queues.change(queues.byUrl(url), Map.of("Policy", document));
  }

  @Override
  protected void remove(String url) {
    try {
      put(url, "");
    } catch (AwsError error) {
      // A queue that went first took its policy with it.
      if (!error.code().equals("QueueDoesNotExist")) {
        throw error;
      }
    }
  }
}
