package io.pipelab.local.apigatewayv2;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two spellings of a function as an integration's URI: its ARN, or the invocation URI of the
 * API Gateway service that REST APIs use.
 */
final class FunctionUri {
  private static final Pattern ARN = Pattern.compile("arn:[^:]+:lambda:[^:]+:\\d{12}:function:.+");

  private static final Pattern INVOCATION =
      Pattern.compile(
          "arn:[^:]+:apigateway:[^:]+:lambda:path/2015-03-31/functions/(arn:.+)/invocations");

  private FunctionUri() {}

  /**
   * The function's ARN.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException when it is not a function
   */
  static String arn(String uri) {
    Matcher invocation = INVOCATION.matcher(uri);
    String arn = invocation.matches() ? invocation.group(1) : uri;
    if (!ARN.matcher(arn).matches()) {
      throw Refusal.badRequest("Invalid integration URI specified");
    }
    return arn;
  }
}
