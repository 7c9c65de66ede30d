package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ChunkSignatures;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes within a body of Content-Encoding aws-chunked, and the trailers behind them, checksums
 * mostly. What is signed chunk by chunk is checked so, each chunk at its end.
 */
final class AwsChunkedStream extends InputStream {
  private static final int LONGEST_LINE = 16 << 10;
  private static final String SIGNATURE = ";chunk-signature=";
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

  private final InputStream in;
  private final @Nullable ChunkSignatures signatures;
  private final MessageDigest chunk = sha256();
  private final Map<String, String> trailers = new HashMap<>();
  private String signature = "";
  private long left;
  private boolean first = true;
  private boolean ended;

  /**
   * @param signatures null when the chunks are not signed, or by a key that the cloud does not know
   */
  AwsChunkedStream(InputStream in, @Nullable ChunkSignatures signatures) {
    this.in = in;
    this.signatures = signatures;
  }

  /** A trailer by its name in lower case; known when the stream was read to its end. */
  @Nullable String trailer(String name) {
    return trailers.get(name);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the body ends within a chunk");
    }
    left -= count;
    if (signatures != null) {
      chunk.update(buffer, offset, count);
    }
    return count;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      line();
      checkChunk();
    }
    first = false;
    String head = line();
    int cut = head.indexOf(';');
    signature = signature(head);
    try {
      left = Long.parseLong((cut < 0 ? head : head.substring(0, cut)).trim(), 16);
    } catch (NumberFormatException e) {
      throw AwsError.badRequest("InvalidChunkSizeError", "The chunk size is not a number.");
    }
    if (left == 0) {
      ended = true;
      checkChunk();
      readTrailers();
    }
  }

  /** What the head of a chunk states behind its size. */
  private static String signature(String head) {
    int at = head.indexOf(SIGNATURE);
    return at < 0 ? "" : head.substring(at + SIGNATURE.length()).trim();
  }

  private void checkChunk() {
    if (signatures != null) {
      signatures.chunk(signature, HexFormat.of().formatHex(chunk.digest()));
    }
  }

  /** Only who has trailers signs them. */
  private void checkTrailers(String signed) {
    if (signatures != null && !signed.isEmpty()) {
      chunk.update(signed.getBytes(StandardCharsets.UTF_8));
      signatures.trailers(
          trailers.getOrDefault(TRAILER_SIGNATURE, ""), HexFormat.of().formatHex(chunk.digest()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Trailers end with an empty line, or with the body. */
  private void readTrailers() throws IOException {
    StringBuilder signed = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int cut = line.indexOf(':');
      if (cut > 0) {
        String name = line.substring(0, cut).trim().toLowerCase(Locale.ROOT);
        String value = line.substring(cut + 1).trim();
        trailers.put(name, value);
        if (!name.equals(TRAILER_SIGNATURE)) {
          signed.append(name).append(':').append(value).append('\n');
        }
      }
    }
    checkTrailers(signed.toString());
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > LONGEST_LINE) {
        throw AwsError.badRequest("InvalidRequest", "A line of the chunked body is too long.");
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}
