package io.pipelab.local.cloudformation.template;

import io.pipelab.local.kernel.AwsError;

/** The ValidationErrors with which CloudFormation refuses a template or a request. */
public final class Invalid {
  private Invalid() {}

  /** A ValidationError. */
  public static AwsError request(String message) {
    return AwsError.badRequest("ValidationError", message);
  }

  /** A template that is not built as templates are. */
  static AwsError format(String message) {
    return request("Template format error: " + message);
  }

  /** A template whose functions make no sense. */
  static AwsError template(String message) {
    return request("Template error: " + message);
  }
}
