package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Requests with {@code DryRun}: whether they may be made is all that their caller wants to know.
 */
final class DryRuns {
  private static final int PRECONDITION_FAILED = 412;

  private DryRuns() {}

  /** The same actions, which do nothing when a request is a dry run. */
  static Actions over(Actions actions) {
    Actions all = new Actions();
    actions.byRequest().forEach((request, action) -> add(all, request, action));
    return all;
  }

  @SuppressWarnings("unchecked") // the table holds an action of the request's class
  private static <I extends SdkPojo, O extends SdkPojo> void add(
      Actions all, Class<I> type, Action<?, ?> action) {
    Action<I, O> own = (Action<I, O>) action;
    all.on(
        type,
        (I request, Caller caller) -> {
          requireWet(request);
          return own.handle(request, caller);
        });
  }

  /**
   * Lets a request pass that is to be carried out.
   *
   * @throws AwsError DryRunOperation
   */
  private static void requireWet(SdkPojo request) {
    boolean dry =
        request.sdkFields().stream()
            .filter(field -> field.memberName().equals("DryRun"))
            .anyMatch(field -> Boolean.TRUE.equals(field.getValueOrDefault(request)));
    if (dry) {
      throw AwsError.of(
          "DryRunOperation",
          PRECONDITION_FAILED,
          "Request would have succeeded, but DryRun flag is set.");
    }
  }
}
