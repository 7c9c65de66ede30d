package io.pipelab.verify;

import io.pipelab.target.ServiceFailures;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a check could not look. That says nothing about what it looks at.
 *
 * @param words what the target said
 */
record LookFailure(Kind kind, String words) {
  enum Kind {
    /** The target does not know the action. */
    UNSUPPORTED,
    /** The caller may not look; asking again does not help. */
    DENIED,
    /** Nobody can look with these credentials. */
    CREDENTIALS,
    /** The target did not answer. */
    UNREACHABLE,
    /** The target answered what the SDK cannot read, as no AWS does. */
    ABSURD,
    /** Throttling, a server's fault, or anything else that may pass. */
    PASSING
  }

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "NotImplemented",
          "NotImplementedException",
          "UnknownOperation",
          "UnknownOperationException",
          "InvalidAction",
          "UnsupportedOperation",
          "UnsupportedOperationException");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthorizationError",
          "AuthorizationErrorException",
          "UnauthorizedOperation");

  private static final Set<String> CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "AuthFailure");

  static LookFailure of(SdkException e) {
    if (e instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return of(answer, answer.awsErrorDetails());
    }
    String words = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    if (words.contains("Unable to load credentials")) {
      return new LookFailure(Kind.CREDENTIALS, "no credentials were found");
    }
    if (ServiceFailures.isAbsurd(e)) {
      return new LookFailure(Kind.ABSURD, words);
    }
    boolean network = e.getCause() instanceof IOException;
    return new LookFailure(network ? Kind.UNREACHABLE : Kind.PASSING, words);
  }

  private static LookFailure of(AwsServiceException e, AwsErrorDetails details) {
    String code = String.valueOf(details.errorCode());
    String message = String.valueOf(details.errorMessage());
    return new LookFailure(kind(e, code, message), code + ": " + message);
  }

  private static Kind kind(AwsServiceException e, String code, String message) {
    // Some emulators answer 500 InternalFailure for what they do not have.
    if (e.statusCode() == 501
        || UNSUPPORTED.contains(code)
        || message.toLowerCase(Locale.ROOT).contains("not yet implemented")) {
      return Kind.UNSUPPORTED;
    }
    if (CREDENTIALS.contains(code)) {
      return Kind.CREDENTIALS;
    }
    return DENIED.contains(code) ? Kind.DENIED : Kind.PASSING;
  }
}
