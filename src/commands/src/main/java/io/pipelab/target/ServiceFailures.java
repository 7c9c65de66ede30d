package io.pipelab.target;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in the user's words what an SDK exception means. */
public final class ServiceFailures {
  private static final Set<String> CREDENTIAL_CODES =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorizedException",
          "OptInRequired",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  private static final Set<String> UNSUPPORTED_CODES =
      Set.of(
          "InvalidAction",
          "NotImplemented",
          "NotImplementedException",
          "UnknownAction",
          "UnknownOperation",
          "UnknownOperationException",
          "UnsupportedOperation");

  private ServiceFailures() {}

  /** Whether the target says that it cannot do this at all, as free emulators do. */
  public static boolean isUnsupported(Throwable thrown) {
    if (!(thrown instanceof AwsServiceException e)) {
      return false;
    }
    String code = code(e);
    return code != null && (e.statusCode() == 501 || UNSUPPORTED_CODES.contains(code));
  }

  /** Whether the target answered, and the SDK could not read the answer. */
  public static boolean isAbsurd(SdkException e) {
    String text = String.valueOf(e.getMessage());
    return !(e instanceof AwsServiceException)
        && behind(e) == null
        && !isNetwork(e)
        && (text.contains("nable to unmarshall") || text.contains("ould not parse"));
  }

  /** What pipelab itself knows of why a call failed; null when only the SDK knows. */
  public static @Nullable Failure behind(Throwable thrown) {
    Throwable each = thrown;
    while (each != null && !(each instanceof Failure)) {
      each = each.getCause();
    }
    return (Failure) each;
  }

  /** Whether the same call may succeed a little later. */
  public static boolean mayPass(SdkException e) {
    if (e instanceof AwsServiceException service) {
      return !isUnsupported(e)
          && code(service) != null
          && (service.isThrottlingException() || service.statusCode() >= 500);
    }
    return e instanceof SdkClientException && behind(e) == null && isNetwork(e);
  }

  /**
   * What an SDK exception means.
   *
   * @param target the target's name
   */
  public static Failure explain(SdkException e, String target) {
    Failure known = behind(e);
    if (known != null) {
      return known;
    }
    if (e instanceof AwsServiceException service) {
      return answered(service, target);
    }
    String text = String.valueOf(e.getMessage());
    if (text.contains("load region")) {
      return new Failure(
          Failure.Kind.CREDENTIALS,
          "no region for target " + target,
          "neither --region nor AWS_REGION nor the AWS configuration names one",
          "add --region, for example --region us-east-1",
          e);
    }
    if (text.contains("load credentials") || text.contains("rofile")) {
      return new Failure(
          Failure.Kind.CREDENTIALS,
          "no credentials for target " + target,
          text.contains("load credentials")
              ? "neither the AWS_... variables nor a profile nor a role of this machine has any"
              : firstLine(text),
          "run 'aws configure', choose one with --profile, or set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY",
          e);
    }
    return isNetwork(e) ? silent(e, target) : noAws(firstLine(text), target, e);
  }

  private static Failure answered(AwsServiceException e, String target) {
    String code = code(e);
    if (code == null) {
      return noAws(
          "it answered with HTTP status " + e.statusCode() + " and no AWS error", target, e);
    }
    AwsErrorDetails details = e.awsErrorDetails();
    String service = details.serviceName() == null ? "the service" : details.serviceName();
    String message = details.errorMessage() == null ? "" : ": " + details.errorMessage();
    if (CREDENTIAL_CODES.contains(code)) {
      return new Failure(
          Failure.Kind.CREDENTIALS,
          "target " + target + " does not accept the credentials",
          service + " answered " + code + message,
          "check --profile, AWS_PROFILE and the AWS_... variables; 'aws sts get-caller-identity'"
              + " shows who you are",
          e);
    }
    if (isUnsupported(e)) {
      return new Failure(
          Failure.Kind.UNSUPPORTED,
          "target " + target + " cannot do this: " + service + " does not support it",
          code + message,
          "use another target: --target local, or --target aws",
          e);
    }
    return new Failure(
        Failure.Kind.REFUSED,
        service + " on target " + target + " refused the call",
        code + message,
        next(code),
        e);
  }

  private static String next(String code) {
    if (code.startsWith("AccessDenied") || code.startsWith("Unauthorized")) {
      return "give the user that permission, or choose another with --profile";
    }
    return code.equals("InsufficientStorage")
        ? "make room on that disk, then run the same command again"
        : "'pipelab doctor' looks for common causes; --debug shows the whole exception";
  }

  private static Failure silent(SdkException e, String target) {
    Throwable root = root(e);
    String why =
        root instanceof UnknownHostException
            ? "there is no host " + root.getMessage()
            : root instanceof SocketTimeoutException
                ? "no answer in time: " + root.getMessage()
                : String.valueOf(root.getMessage());
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "target " + target + " does not answer",
        why,
        "local".equals(target)
            ? "'pipelab doctor' looks for the cause, 'pipelab local reset' starts an empty cloud"
            : "check the address and the network; 'pipelab doctor' looks for common causes",
        e);
  }

  private static Failure noAws(String why, String target, SdkException e) {
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "target " + target + " answers, but not as AWS does",
        why,
        "local".equals(target)
            ? "'pipelab doctor' looks for the cause, 'pipelab local reset' starts an empty cloud"
            : "check the address: is an AWS-compatible service behind it?",
        e);
  }

  private static boolean isNetwork(Throwable e) {
    Throwable root = root(e);
    return root instanceof SocketException
        || root instanceof SocketTimeoutException
        || root instanceof UnknownHostException
        || root instanceof SSLException
        || root instanceof EOFException
        || (root instanceof IOException
            && String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT).contains("stream"));
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static @Nullable String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null ? null : details.errorCode();
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end))
        .replaceFirst(" \\(SDK Attempt Count: [0-9]+\\)", "");
  }
}
