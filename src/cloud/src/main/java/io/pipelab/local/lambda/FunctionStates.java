package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.lambda.execution.FunctionImage;
import io.pipelab.local.lambda.execution.StoredCode;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatusReasonCode;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.StateReasonCode;

/**
 * What a function's state says ("Lambda function states"). AWS answers that it is at work, and
 * finishes in the background; here all is done by the time that anyone asks again.
 */
final class FunctionStates {
  private FunctionStates() {}

  /** As a creation is answered. */
  static FunctionConfiguration pending(FunctionConfiguration created) {
    return created.toBuilder()
        .state(State.PENDING)
        .stateReason("The function is being created.")
        .stateReasonCode(StateReasonCode.CREATING)
        .lastUpdateStatus((String) null)
        .build();
  }

  /** As an update is answered. */
  static FunctionConfiguration inProgress(FunctionConfiguration changed) {
    return changed.toBuilder()
        .lastUpdateStatus(LastUpdateStatus.IN_PROGRESS)
        .lastUpdateStatusReason(null)
        .lastUpdateStatusReasonCode((String) null)
        .build();
  }

  /** The state of a function that was created or changed: Failed when its image is of no use. */
  static FunctionConfiguration settled(FunctionConfiguration settings, StoredCode code) {
    String problem = problem(code);
    FunctionConfiguration.Builder next =
        settings.toBuilder().lastUpdateStatusReason(null).lastUpdateStatusReasonCode((String) null);
    if (problem.isEmpty()) {
      return next.state(State.ACTIVE)
          .stateReason(null)
          .stateReasonCode((String) null)
          .lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
          .build();
    }
    return next.state(State.FAILED)
        .stateReason(problem)
        .stateReasonCode(StateReasonCode.INVALID_IMAGE)
        .lastUpdateStatus((String) null)
        .build();
  }

  /** Why code cannot be run at all; empty when it can be. */
  static String problem(StoredCode code) {
    return code instanceof FunctionImage image && !image.problem().isEmpty()
        ? "The image is not valid: " + image.problem()
        : "";
  }

  /** What is left of an update to an image that is of no use: all is as it was. */
  static FunctionVersion invalidImage(FunctionVersion latest, String problem) {
    return failed(latest, LastUpdateStatusReasonCode.INVALID_IMAGE, problem);
  }

  /** What is left of an update to a function whose image Lambda does not get any more. */
  static FunctionVersion imageGone(FunctionVersion latest, AwsError why) {
    return why.code().equals("AccessDeniedException")
        ? failed(latest, LastUpdateStatusReasonCode.IMAGE_ACCESS_DENIED, why.getMessage())
        : failed(
            latest,
            LastUpdateStatusReasonCode.IMAGE_DELETED,
            "The function is trying to use a deleted image.");
  }

  private static FunctionVersion failed(
      FunctionVersion latest, LastUpdateStatusReasonCode code, String reason) {
    return new FunctionVersion(
        latest.configuration().toBuilder()
            .lastUpdateStatus(LastUpdateStatus.FAILED)
            .lastUpdateStatusReason(reason)
            .lastUpdateStatusReasonCode(code)
            .build(),
        latest.code());
  }

  /**
   * Refuses to run a function that cannot be.
   *
   * @throws AwsError CodeArtifactUserFailedException
   */
  static void requireUsable(FunctionVersion version) {
    if (version.configuration().state() == State.FAILED) {
      throw AwsError.of(
          "CodeArtifactUserFailedException",
          409,
          "ERROR: Lambda cannot initialize the provided container image. Verify the image.");
    }
  }

  /**
   * Fails when a creation or an update came to nothing, as CloudFormation does, which waits for it.
   *
   * @throws AwsError with the reason
   */
  static void requireStable(FunctionConfiguration function) {
    if (function.state() == State.FAILED) {
      throw notStable(
          function, "Failed state", function.stateReasonCodeAsString(), function.stateReason());
    }
    if (function.lastUpdateStatus() == LastUpdateStatus.FAILED) {
      throw notStable(
          function,
          "Failed update status",
          function.lastUpdateStatusReasonCodeAsString(),
          function.lastUpdateStatusReason());
    }
  }

  private static AwsError notStable(
      FunctionConfiguration function, String what, String code, String reason) {
    return AwsError.badRequest(
        "NotStabilized",
        "Lambda function '"
            + function.functionName()
            + "' for version '"
            + function.version()
            + "' failed to stabilize since it is in "
            + what
            + " due to "
            + code
            + "("
            + reason
            + ")");
  }
}
