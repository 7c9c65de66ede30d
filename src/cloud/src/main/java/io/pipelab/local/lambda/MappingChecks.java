package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.MessageQueues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What Lambda looks at before it reads a queue for a function. */
final class MappingChecks {
  private static final List<String> NEEDED =
      List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes");

  private final Functions functions;
  private final MessageQueues queues;
  private final AccessControl access;
  private final CloudIdentity identity;

  MappingChecks(
      Functions functions, MessageQueues queues, AccessControl access, CloudIdentity identity) {
    this.functions = functions;
    this.queues = queues;
    this.access = access;
    this.identity = identity;
  }

  /**
   * Checks that the function exists, that its role may read the queue, and that messages stay
   * invisible while it runs.
   *
   * @throws AwsError InvalidParameterValueException
   */
  void check(FunctionName name, String queueArn) {
    FunctionConfiguration function = function(name);
    Map<QueueAttributeName, String> queue = queue(queueArn);
    Caller reader = Caller.RoleSession.of(identity, function.role(), "awslambda");
    for (String action : NEEDED) {
      if (!access.allows(new AccessControl.Use(reader, "sqs:" + action, queueArn))) {
        throw Errors.invalid(
            "The provided execution role does not have permissions to call " + action + " on SQS");
      }
    }
    int visibility =
        Integer.parseInt(Objects.requireNonNull(queue.get(QueueAttributeName.VISIBILITY_TIMEOUT)));
    if (visibility < function.timeout()) {
      throw Errors.invalid(
          "Queue visibility timeout: "
              + visibility
              + " seconds is less than Function timeout: "
              + function.timeout()
              + " seconds");
    }
  }

  private FunctionConfiguration function(FunctionName name) {
    try {
      return functions.get(name).version(name.qualifier()).configuration();
    } catch (AwsError e) {
      throw Errors.invalid("Function does not exist");
    }
  }

  private Map<QueueAttributeName, String> queue(String queueArn) {
    try {
      return queues.attributes(queueArn);
    } catch (AwsError e) {
      throw Errors.invalid(
          "Error occurred while ReceiveMessage. SQS Error Code:"
              + " AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: "
              + e.getMessage());
    }
  }
}
