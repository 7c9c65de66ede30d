package io.pipelab.local.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error that a service answers with: the one error type of the embedded cloud. The wire layer
 * encodes it for the caller's protocol.
 */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final Map<String, String> members;
  private final Map<String, String> headers;

  private AwsError(String code, int status, String message) {
    this(code, status, message, Map.of(), Map.of());
  }

  private AwsError(
      String code,
      int status,
      @Nullable String message,
      Map<String, String> members,
      Map<String, String> headers) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
    this.headers = headers;
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

  /** The same error with one more member of the modelled shape, in the order of the calls. */
  public AwsError with(String member, String value) {
    return new AwsError(code, status, super.getMessage(), added(members, member, value), headers);
  }

  /** The same error with one more header of its HTTP answer. */
  public AwsError withHeader(String name, String value) {
    return new AwsError(code, status, super.getMessage(), members, added(headers, name, value));
  }

  private static Map<String, String> added(Map<String, String> some, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(some);
    more.put(name, value);
    return Collections.unmodifiableMap(more);
  }

  /** What the error's shape has beside code and message; mostly nothing. */
  public Map<String, String> members() {
    return members;
  }

  /** Headers of the answer that belong to the error; mostly none. */
  public Map<String, String> headers() {
    return headers;
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
