package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.policy.PolicyEdits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.AddPermissionRequest;
import software.amazon.awssdk.services.sqs.model.AddPermissionResponse;
import software.amazon.awssdk.services.sqs.model.RemovePermissionRequest;
import software.amazon.awssdk.services.sqs.model.RemovePermissionResponse;

/** AddPermission and RemovePermission: edits of the queue's policy. */
final class PermissionActions {
  /** The actions that a queue can share. */
  private static final Set<String> SHAREABLE =
      Set.of(
          "*",
          "SendMessage",
          "ReceiveMessage",
          "DeleteMessage",
          "ChangeMessageVisibility",
          "GetQueueAttributes",
          "GetQueueUrl",
          "ListDeadLetterSourceQueues",
          "PurgeQueue");

  /** SQS lets a statement have so many. */
  private static final int MOST_ACTIONS = 7;

  private final Queues queues;

  PermissionActions(Queues queues) {
    this.queues = queues;
  }

  void addTo(Actions actions) {
    actions
        .on(AddPermissionRequest.class, this::addPermission)
        .on(RemovePermissionRequest.class, this::removePermission);
  }

  private AddPermissionResponse addPermission(AddPermissionRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    check(request);
    List<String> actions = request.actions().stream().map(PermissionActions::policyAction).toList();
    String policy = queue.attribute("Policy");
    if (PolicyEdits.has(policy, request.label())) {
      throw MessageRules.invalid(
          "Value " + request.label() + " for parameter Label is invalid. Reason: Already exists.");
    }
    String edited =
        PolicyEdits.allow(
            policy,
            queue.arn + "/SQSDefaultPolicy",
            request.label(),
            request.awsAccountIds(),
            actions,
            queue.arn);
    queues.change(queue, Map.of("Policy", edited));
    return AddPermissionResponse.builder().build();
  }

  private static void check(AddPermissionRequest request) {
    if (request.label() == null || request.label().isEmpty()) {
      throw missing("Label");
    }
    if (request.actions().isEmpty()) {
      throw missing("Actions");
    }
    if (request.awsAccountIds().isEmpty()) {
      throw MessageRules.invalid(
          "Value [] for parameter PrincipalId is invalid. Reason: Unable to verify.");
    }
    int actions = request.actions().size();
    if (actions > MOST_ACTIONS) {
      throw AwsError.accessDenied(
          "OverLimit", actions + " Actions were found, maximum allowed is " + MOST_ACTIONS + ".");
    }
  }

  private static AwsError missing(String parameter) {
    return AwsError.badRequest(
        "MissingParameter", "The request must contain the parameter " + parameter + ".");
  }

  private RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    String policy = queue.attribute("Policy");
    if (!PolicyEdits.has(policy, String.valueOf(request.label()))) {
      throw MessageRules.invalid(
          "Value "
              + request.label()
              + " for parameter Label is invalid. Reason: can't find label.");
    }
    String edited = PolicyEdits.without(policy, request.label());
    queues.change(queue, Map.of("Policy", edited == null ? "" : edited));
    return RemovePermissionResponse.builder().build();
  }

  private static String policyAction(String action) {
    if (!SHAREABLE.contains(action)) {
      throw MessageRules.invalid(
          "Value SQS:"
              + action
              + " for parameter ActionName is invalid. Reason: Only the queue owner is allowed to"
              + " invoke this action.");
    }
    return "SQS:" + action;
  }
}
