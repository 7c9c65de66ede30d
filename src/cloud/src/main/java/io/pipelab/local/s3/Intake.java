package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ChunkSignatures;
import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/**
 * Takes the body of a PutObject or UploadPart to disk and proves that it is what the client meant:
 * length, Content-MD5, payload hash, checksum in a header or a trailer.
 */
final class Intake {
  private static final String PAYLOAD_HASH = "x-amz-content-sha256";
  private static final long LARGEST = 5L << 30;

  /** A stored body and its checksum. */
  record Taken(Blob blob, ObjectChecksum checksum) {}

  private final Blobs blobs;

  Intake(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * Takes a call's body.
   *
   * @param fallback the algorithm when the call names none
   * @throws AwsError MissingContentLength, EntityTooLarge, IncompleteBody, BadDigest,
   *     XAmzContentSHA256Mismatch, InvalidRequest
   */
  Taken take(HttpCall call, ChecksumAlgorithm fallback) throws IOException {
    long expected = length(call);
    String hash = call.header(PAYLOAD_HASH);
    boolean chunked = isChunked(call, hash);
    AwsChunkedStream trailing =
        chunked ? new AwsChunkedStream(call.body(), signatures(call, hash)) : null;
    InputStream body = trailing == null ? call.body() : trailing;
    Digests digests = Digests.of(algorithm(call, fallback));
    boolean hashed = hash != null && hash.matches("[0-9a-f]{64}");
    if (hashed) {
      digests = digests.withPayloadHash();
    }
    Blob blob = blobs.store(body, digests);
    try {
      String checksum = check(call, blob, expected, digests, trailing);
      if (hash != null && hashed && !digests.payloadHex().equals(hash)) {
        throw AwsError.badRequest(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
      return new Taken(
          blob, new ObjectChecksum(digests.algorithm(), checksum, ChecksumType.FULL_OBJECT));
    } catch (AwsError e) {
      blobs.delete(blob);
      throw e;
    }
  }

  private static String check(
      HttpCall call,
      Blob blob,
      long expected,
      Digests digests,
      @Nullable AwsChunkedStream trailing) {
    if (blob.size() != expected) {
      throw AwsError.badRequest(
          "IncompleteBody",
          "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }
    String md5 = call.header("Content-MD5");
    if (md5 != null && !isDigest(md5)) {
      throw AwsError.badRequest("InvalidDigest", "The Content-MD5 you specified was invalid.")
          .with("Content-MD5", md5);
    }
    if (md5 != null && !md5.equals(digests.md5Base64())) {
      throw AwsError.badRequest(
              "BadDigest", "The Content-MD5 you specified did not match what we received.")
          .with("ExpectedDigest", md5)
          .with("CalculatedDigest", digests.md5Base64());
    }
    String name = ObjectChecksum.header(digests.algorithm());
    String stated = call.header(name);
    if (stated == null && trailing != null) {
      stated = trailing.trailer(name);
    }
    String computed = digests.checksum();
    if (stated != null && !stated.equals(computed)) {
      throw AwsError.badRequest(
          "BadDigest",
          "The " + digests.algorithm() + " you specified did not match the calculated checksum.");
    }
    return computed;
  }

  /** Sixteen bytes in Base64. */
  private static boolean isDigest(String md5) {
    try {
      return Base64.getDecoder().decode(md5).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isChunked(HttpCall call, @Nullable String hash) {
    String encoding = call.header("Content-Encoding");
    return (hash != null && hash.startsWith("STREAMING-"))
        || (encoding != null && encoding.toLowerCase(Locale.ROOT).contains("aws-chunked"));
  }

  /** Chunks are signed when the head says so in the place of the body's hash. */
  private static @Nullable ChunkSignatures signatures(HttpCall call, @Nullable String hash) {
    boolean signed = hash != null && hash.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    return signed ? call.chunkSignatures() : null;
  }

  /** The number of bytes to come once they are out of their chunks. */
  private static long length(HttpCall call) {
    String decoded = call.header("x-amz-decoded-content-length");
    String length = decoded == null ? call.header("Content-Length") : decoded;
    if (length == null || !length.matches("\\d{1,18}")) {
      throw AwsError.of(
          "MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
    }
    long bytes = Long.parseLong(length);
    if (bytes > LARGEST) {
      throw AwsError.badRequest(
          "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
    }
    return bytes;
  }

  /** The algorithm of the header or trailer that states a checksum, else the one that is named. */
  private static ChecksumAlgorithm algorithm(HttpCall call, ChecksumAlgorithm fallback) {
    for (String header : call.headers().keySet()) {
      ChecksumAlgorithm stated = ObjectChecksum.algorithm(header);
      if (stated != null) {
        return stated;
      }
    }
    ChecksumAlgorithm trailing = ObjectChecksum.algorithm(call.header("x-amz-trailer"));
    if (trailing != null) {
      return trailing;
    }
    String named = call.header("x-amz-sdk-checksum-algorithm");
    return named == null ? fallback : named(named);
  }

  private static ChecksumAlgorithm named(String name) {
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.fromValue(name.toUpperCase(Locale.ROOT));
    if (Arrays.asList(ChecksumAlgorithm.values()).contains(algorithm)
        && !ObjectChecksum.header(algorithm).isEmpty()) {
      return algorithm;
    }
    throw AwsError.badRequest(
        "InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
}
