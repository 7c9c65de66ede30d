package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ChunkSignatures;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.wire.BucketPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call by a presigned URL: what S3 reads in {@code x-amz-} headers may stand in the query string,
 * as metadata do that were signed with the URL. A header of the call itself comes first.
 */
final class PresignedCall implements HttpCall {
  private static final String AMZ = "x-amz-";

  /** These tell who signed, and are no options of the request. */
  private static final Set<String> OF_THE_SIGNATURE =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-signedheaders",
          "x-amz-signature",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private final HttpCall call;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  PresignedCall(HttpCall call, BucketPath path) {
    this.call = call;
    path.query()
        .forEach(
            (name, values) -> {
              if (isOption(name)) {
                headers.put(name, values);
              }
            });
    headers.putAll(call.headers());
  }

  private static boolean isOption(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(AMZ) && !OF_THE_SIGNATURE.contains(lower);
  }

  /**
   * Refuses a call that lacks a header that was signed with the URL, or brings an option that was
   * not. The signature itself says so only where the cloud knows the key.
   *
   * @throws AwsError SignatureDoesNotMatch, AccessDenied
   */
  static void checkHeaders(HttpCall call, BucketPath path) {
    String signed = path.parameter("X-Amz-SignedHeaders");
    if (signed == null) {
      return;
    }
    List<String> names = Arrays.asList(signed.toLowerCase(Locale.ROOT).split(";"));
    if (names.stream().anyMatch(name -> call.header(name) == null)) {
      throw AwsError.accessDenied(
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided. Check"
              + " your key and signing method.");
    }
    List<String> unsigned =
        call.headers().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> isOption(name) && !names.contains(name))
            .toList();
    if (!unsigned.isEmpty()) {
      throw AwsError.accessDenied(
              "AccessDenied", "There were headers present in the request which were not signed")
          .with("HeadersNotSigned", String.join(", ", unsigned));
    }
  }

  @Override
  public String method() {
    return call.method();
  }

  @Override
  public String rawPath() {
    return call.rawPath();
  }

  @Override
  public @Nullable String rawQuery() {
    return call.rawQuery();
  }

  @Override
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }

  @Override
  public @Nullable String signingName() {
    return call.signingName();
  }

  @Override
  public Caller caller() {
    return call.caller();
  }

  @Override
  public @Nullable ChunkSignatures chunkSignatures() {
    return call.chunkSignatures();
  }

  @Override
  public InputStream body() {
    return call.body();
  }

  @Override
  public void answerWith(String name, String value) {
    call.answerWith(name, value);
  }

  @Override
  public void respond(int status, Map<String, String> answer, byte[] body) throws IOException {
    call.respond(status, answer, body);
  }

  @Override
  public void respondEach(int status, Map<String, List<String>> answer, byte[] body)
      throws IOException {
    call.respondEach(status, answer, body);
  }

  @Override
  public OutputStream respond(int status, Map<String, String> answer, long length)
      throws IOException {
    return call.respond(status, answer, length);
  }
}
