package io.pipelab.local.wire;

import io.pipelab.local.kernel.AccessControl.Refusal;
import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.AwsError;
import java.util.Locale;
import java.util.Set;

/**
 * How the services say that a caller is not authorized: code, HTTP status and wording differ
 * ("Common errors" in each API reference; IAM User Guide, "Troubleshoot access denied error
 * messages"; messages of callers of AWS in public issues).
 */
final class DeniedErrors {
  /** Services of the Query protocol and those that came from it: {@code AccessDenied}, 403. */
  private static final Set<String> QUERY =
      Set.of("cloudformation", "iam", "monitoring", "rds", "sqs", "sts");

  /** Services of JSON over REST answer 403, those of JSON over POST 400. */
  private static final Set<String> REST_JSON = Set.of("access-analyzer", "apigateway", "lambda");

  /** They do not name the resource when it is all of them. */
  private static final Set<String> NOT_NAMING_ALL = Set.of("ec2", "monitoring", "s3");

  private DeniedErrors() {}

  static AwsError of(Refusal refusal, String service) {
    if (service.equals("ec2")) {
      // There the details of a refusal are for who may decode them.
      String text = "You are not authorized to perform this operation. ";
      String encoded = " Encoded authorization failure message: " + refusal.id();
      return AwsError.accessDenied(
          "UnauthorizedOperation", text + message(refusal, service) + "." + encoded);
    }
    String text = message(refusal, service) + ". " + details(refusal);
    if (service.equals("sns")) {
      return AwsError.accessDenied("AuthorizationError", text);
    } else if (QUERY.contains(service) || service.equals("s3")) {
      return AwsError.accessDenied("AccessDenied", text);
    } else if (REST_JSON.contains(service)) {
      return AwsError.accessDenied("AccessDeniedException", text);
    }
    return AwsError.badRequest("AccessDeniedException", text);
  }

  /** AWS names its console here, and an API: the id is for the same question. */
  private static String details(Refusal refusal) {
    return "For complete details, run: pipelab explain denied " + refusal.id();
  }

  private static String message(Refusal refusal, String service) {
    Use use = refusal.use();
    String action = action(use.action(), service);
    String resource = service.equals("s3") ? "\"" + use.resource() + "\"" : use.resource();
    boolean unnamed = use.resource().equals("*") && NOT_NAMING_ALL.contains(service);
    return "User: "
        + use.caller().arn()
        + " is not authorized to perform: "
        + action
        + (unnamed ? "" : " on resource: " + resource)
        + " "
        + refusal.reason().replace(use.action(), action);
  }

  /** SQS writes its actions small, SNS its own name large. */
  private static String action(String action, String service) {
    if (service.equals("sqs") && action.startsWith("sqs:")) {
      return action.toLowerCase(Locale.ROOT);
    }
    return service.equals("sns") && action.startsWith("sns:")
        ? "SNS:" + action.substring("sns:".length())
        : action;
  }
}
