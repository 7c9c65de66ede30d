package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the errors of authentication in the services' own languages: they are the Query
 * protocol's, unless a table here says otherwise ("Common errors" in each API reference; "Error
 * responses" of S3, "Error codes" of EC2).
 */
final class AuthErrors {
  /**
   * @param message null when the service has no words of its own
   */
  private record Name(String code, int status, @Nullable String message) {
    Name(String code, int status) {
      this(code, status, null);
    }
  }

  private static final String OTHER_KEYS =
      "AWS was not able to validate the provided access credentials";

  private static final Map<String, Name> S3 =
      Map.of(
          "InvalidClientTokenId",
          new Name(
              "InvalidAccessKeyId",
              403,
              "The AWS Access Key Id you provided does not exist in our records."),
          "ExpiredToken",
          new Name("ExpiredToken", 400, "The provided token has expired."),
          "RequestTimeTooSkewed",
          new Name(
              "RequestTimeTooSkewed",
              403,
              "The difference between the request time and the current time is too large."),
          "RequestExpired",
          new Name("AccessDenied", 403, "Request has expired"),
          "IncompleteSignature",
          new Name("AuthorizationHeaderMalformed", 400));

  private static final Map<String, Name> EC2 =
      Map.of(
          "InvalidClientTokenId", new Name("AuthFailure", 401, OTHER_KEYS),
          "SignatureDoesNotMatch", new Name("AuthFailure", 401, OTHER_KEYS),
          "RequestTimeTooSkewed", new Name("RequestExpired", 400, "Request has expired."),
          "RequestExpired", new Name("RequestExpired", 400, "Request has expired."),
          "ExpiredToken", new Name("RequestExpired", 400, "Request has expired."));

  private static final Map<String, Name> QUERY =
      Map.of(
          "RequestTimeTooSkewed", new Name("SignatureDoesNotMatch", 403),
          "RequestExpired", new Name("SignatureDoesNotMatch", 403));

  private static final Map<String, Name> JSON =
      Map.of(
          "InvalidClientTokenId", new Name("UnrecognizedClientException", 400),
          "ExpiredToken", new Name("ExpiredTokenException", 400),
          "SignatureDoesNotMatch", new Name("InvalidSignatureException", 400),
          "RequestTimeTooSkewed", new Name("InvalidSignatureException", 400),
          "RequestExpired", new Name("InvalidSignatureException", 400),
          "IncompleteSignature", new Name("IncompleteSignatureException", 400));

  private static final Map<String, Name> REST_JSON =
      Map.of(
          "InvalidClientTokenId", new Name("UnrecognizedClientException", 403),
          "ExpiredToken", new Name("ExpiredTokenException", 403),
          "SignatureDoesNotMatch", new Name("InvalidSignatureException", 403),
          "RequestTimeTooSkewed", new Name("InvalidSignatureException", 403),
          "RequestExpired", new Name("InvalidSignatureException", 403),
          "IncompleteSignature", new Name("IncompleteSignatureException", 403));

  private AuthErrors() {}

  /** The same error as the service calls it. */
  static AwsError named(AwsError error, Protocol protocol, String service) {
    Name name = names(protocol, service).get(error.code());
    if (name == null) {
      return error;
    }
    String message = name.message() == null ? error.getMessage() : name.message();
    return AwsError.of(name.code(), name.status(), message);
  }

  private static Map<String, Name> names(Protocol protocol, String service) {
    if (protocol instanceof RestXmlProtocol) {
      return S3;
    }
    if (protocol instanceof Ec2Protocol) {
      return EC2;
    }
    if (protocol instanceof RestJsonProtocol) {
      return REST_JSON;
    }
    boolean query = protocol instanceof QueryProtocol || FaultCodes.queryCompatible(service);
    return query ? QUERY : JSON;
  }
}
