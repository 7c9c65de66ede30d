package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of presigned URLs of S3 in the old version, which botocore still makes by default
 * ("Signing and authenticating REST requests"). How long they are good is S3's affair.
 */
final class SignatureVersion2 {
  static final String TOKEN = "x-amz-security-token";

  private static final String HMAC = "HmacSHA1";

  private static final Set<String> SUB_RESOURCES =
      Set.of(
          ("accelerate acl analytics cors delete inventory lifecycle location logging metrics"
                  + " notification object-lock partNumber policy replication requestPayment"
                  + " response-cache-control response-content-disposition"
                  + " response-content-encoding response-content-language response-content-type"
                  + " response-expires restore select select-type storageClass tagging torrent"
                  + " uploadId uploads versionId versioning versions website")
              .split(" "));

  private SignatureVersion2() {}

  static boolean isPresigned(HttpCall call) {
    QueryParameters query = QueryParameters.of(call.rawQuery());
    return call.header("Authorization") == null
        && query.first("X-Amz-Credential") == null
        && query.first("AWSAccessKeyId") != null;
  }

  /**
   * The signature that a presigned URL should have.
   *
   * @throws AwsError IncompleteSignature
   */
  static String expected(HttpCall call, QueryParameters query, String secretAccessKey) {
    String expires = query.first("Expires");
    if (expires == null) {
      throw AwsError.badRequest(
          "IncompleteSignature", "Query-string authentication requires 'Expires'.");
    }
    String text =
        String.join(
            "\n",
            call.method(),
            orEmpty(call.header("Content-MD5")),
            orEmpty(call.header("Content-Type")),
            expires,
            amz(query) + call.rawPath() + subResources(query));
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secretAccessKey.getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  /** What would be headers, had it not to fit into a URL. */
  private static String amz(QueryParameters query) {
    return query.all().stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).startsWith("x-amz-"))
        .sorted(Comparator.comparing(QueryParameters.Parameter::name))
        .map(each -> each.name().toLowerCase(Locale.ROOT) + ":" + each.value() + "\n")
        .collect(Collectors.joining());
  }

  private static String subResources(QueryParameters query) {
    String all =
        query.all().stream()
            .filter(each -> SUB_RESOURCES.contains(each.name()))
            .sorted(Comparator.comparing(QueryParameters.Parameter::name))
            .map(each -> each.value().isEmpty() ? each.name() : each.name() + "=" + each.value())
            .collect(Collectors.joining("&"));
    return all.isEmpty() ? "" : "?" + all;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
