package io.pipelab.local.kernel;

/**
 * An error that a service answers with: the one error type of the embedded cloud. The wire layer
 * encodes it for the caller's protocol.
 */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  private AwsError(String code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /**
   * An error with AWS's code and HTTP status.
   *
   * @param code the error's shape name or query code as AWS's API reference lists it, for example
   *     {@code ResourceNotFoundException}
   */
  public static AwsError of(String code, int status, String message) {
    return new AwsError(code, status, message);
  }

  /** The caller's mistake, HTTP 400. */
  public static AwsError badRequest(String code, String message) {
    return new AwsError(code, 400, message);
  }

  /** HTTP 404, as the REST services answer for something that does not exist. */
  public static AwsError notFound(String code, String message) {
    return new AwsError(code, 404, message);
  }

  /** HTTP 403. */
  public static AwsError accessDenied(String code, String message) {
    return new AwsError(code, 403, message);
  }

  /** What the embedded cloud does not implement fails by name, HTTP 501. */
  public static AwsError notImplemented(String what) {
    return new AwsError(
        "NotImplemented", 501, "pipelab's embedded cloud does not implement " + what + ".");
  }

  /** Whether what was asked for does not exist, as the services put it each in their own words. */
  public boolean isNotFound() {
    return status == 404 || code.contains("NotFound") || code.contains("NonExistent");
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
