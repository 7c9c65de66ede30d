package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.util.Map;

/**
 * The names of the errors of authentication in the services' own languages: they are the Query
 * protocol's, unless a table here says otherwise ("Common errors" in each API reference).
 */
final class AuthErrors {
  private record Name(String code, int status) {}

  private static final Map<String, Name> S3 =
      Map.of(
          "InvalidClientTokenId", new Name("InvalidAccessKeyId", 403),
          "ExpiredToken", new Name("ExpiredToken", 400),
          "IncompleteSignature", new Name("AuthorizationHeaderMalformed", 400));

  private static final Map<String, Name> EC2 =
      Map.of(
          "InvalidClientTokenId", new Name("AuthFailure", 401),
          "SignatureDoesNotMatch", new Name("AuthFailure", 401),
          "RequestTimeTooSkewed", new Name("RequestExpired", 400),
          "ExpiredToken", new Name("RequestExpired", 400));

  private static final Map<String, Name> QUERY =
      Map.of("RequestTimeTooSkewed", new Name("SignatureDoesNotMatch", 403));

  private static final Map<String, Name> JSON =
      Map.of(
          "InvalidClientTokenId", new Name("UnrecognizedClientException", 400),
          "ExpiredToken", new Name("ExpiredTokenException", 400),
          "SignatureDoesNotMatch", new Name("InvalidSignatureException", 400),
          "RequestTimeTooSkewed", new Name("InvalidSignatureException", 400),
          "IncompleteSignature", new Name("IncompleteSignatureException", 400));

  private static final Map<String, Name> REST_JSON =
      Map.of(
          "InvalidClientTokenId", new Name("UnrecognizedClientException", 403),
          "ExpiredToken", new Name("ExpiredTokenException", 403),
          "SignatureDoesNotMatch", new Name("InvalidSignatureException", 403),
          "RequestTimeTooSkewed", new Name("InvalidSignatureException", 403),
          "IncompleteSignature", new Name("IncompleteSignatureException", 403));

  private AuthErrors() {}

  /** The same error as the service calls it. */
  static AwsError named(AwsError error, Protocol protocol, String service) {
    Name name = names(protocol, service).get(error.code());
    return name == null ? error : AwsError.of(name.code(), name.status(), error.getMessage());
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
