package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ChunkSignatures;
import io.pipelab.local.kernel.HttpCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Checks that who sends a request has the secret of the key that it names. Errors have the codes of
 * the Query protocol.
 */
public final class SignatureCheck {
  /** How far a client's clock may be off, as AWS has it. */
  private static final Duration SKEW = Duration.ofMinutes(15);

  private static final String PAYLOAD_HASH = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private final Clock wall;
  private final SigningKeys keys = new SigningKeys();

  public SignatureCheck(Clock wall) {
    this.wall = wall;
  }

  /**
   * Checks a request.
   *
   * @param secret of the key that it names
   * @param body null when it streams: S3 compares it with the hash in the request's head
   * @throws AwsError IncompleteSignature, InvalidClientTokenId, SignatureDoesNotMatch,
   *     RequestTimeTooSkewed, RequestExpired (presigned)
   */
  public void verify(HttpCall call, AccessKey.Secret secret, byte @Nullable [] body) {
    if (SignatureVersion2.isPresigned(call)) {
      QueryParameters query = QueryParameters.of(call.rawQuery());
      token(secret, query.first(SignatureVersion2.TOKEN));
      String wanted = SignatureVersion2.expected(call, query, secret.accessKey());
      require(wanted, query.first("Signature"));
      return;
    }
    Authorization authorization = Authorization.of(call);
    token(secret, authorization.token());
    String hash = payloadHash(call, authorization, body);
    String text =
        String.join(
            "\n",
            Authorization.ALGORITHM,
            authorization.timestamp(),
            authorization.scope().text(),
            SigningKey.sha256(
                CanonicalRequest.of(call, authorization, hash).getBytes(StandardCharsets.UTF_8)));
    String expected = keys.of(secret.accessKey(), authorization.scope()).sign(text);
    require(expected, authorization.signature());
    time(authorization);
  }

  /** What checks the chunks behind a head that {@link #verify} let pass. */
  public ChunkSignatures chunks(HttpCall call, AccessKey.Secret secret) {
    Authorization authorization = Authorization.of(call);
    return new ChunkChain(keys.of(secret.accessKey(), authorization.scope()), authorization);
  }

  static void require(String expected, @Nullable String signature) {
    if (!same(expected, signature)) {
      throw mismatch(
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
  }

  private static void token(AccessKey.Secret secret, @Nullable String given) {
    if (!same(secret.sessionToken(), given)) {
      throw AwsError.accessDenied(
          "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
  }

  private static String payloadHash(
      HttpCall call, Authorization authorization, byte @Nullable [] body) {
    String stated = call.header(PAYLOAD_HASH);
    boolean s3 = authorization.scope().service().equals("s3");
    if (s3 && stated == null && authorization.lifetime() != null) {
      return UNSIGNED;
    }
    if (s3 && stated != null && (body == null || !stated.matches("[0-9a-f]{64}"))) {
      return stated;
    }
    if (body == null) {
      throw AwsError.badRequest(
          "IncompleteSignature", "Missing required header for this request: " + PAYLOAD_HASH + ".");
    }
    return SigningKey.sha256(body);
  }

  /** Real time, which the Date header of answers tells: the cloud's own may be far ahead of it. */
  private void time(Authorization authorization) {
    Instant signed = authorization.signedAt();
    Instant now = wall.instant();
    if (!authorization.timestamp().startsWith(authorization.scope().date())) {
      throw mismatch(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP.");
    }
    if (signed.minus(SKEW).isAfter(now)) {
      throw AwsError.accessDenied("RequestTimeTooSkewed", early(signed, now));
    }
    Duration lifetime = authorization.lifetime();
    if (signed.plus(lifetime == null ? SKEW : lifetime).isBefore(now)) {
      String code = lifetime == null ? "RequestTimeTooSkewed" : "RequestExpired";
      throw AwsError.accessDenied(code, late(signed, now));
    }
  }

  private static String early(Instant signed, Instant now) {
    return "Signature not yet current: %s is still later than %s (%s + 15 min.)"
        .formatted(text(signed), text(now.plus(SKEW)), text(now));
  }

  private static String late(Instant signed, Instant now) {
    return "Signature expired: %s is now earlier than %s (%s - 15 min.)"
        .formatted(text(signed), text(now.minus(SKEW)), text(now));
  }

  private static String text(Instant time) {
    return Authorization.BASIC.format(time);
  }

  private static AwsError mismatch(String message) {
    return AwsError.accessDenied("SignatureDoesNotMatch", message);
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  private static byte[] bytes(@Nullable String text) {
    return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
  }
}
