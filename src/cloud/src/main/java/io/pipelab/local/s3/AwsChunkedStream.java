package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes within a body of Content-Encoding aws-chunked, and the trailers behind them, checksums
 * mostly. Chunk signatures are not checked.
 */
final class AwsChunkedStream extends InputStream {
  private static final int LONGEST_LINE = 16 << 10;

  private final InputStream in;
  private final Map<String, String> trailers = new HashMap<>();
  private long left;
  private boolean first = true;
  private boolean ended;

  AwsChunkedStream(InputStream in) {
    this.in = in;
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
    return count;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      line();
    }
    first = false;
    String head = line();
    int cut = head.indexOf(';');
    try {
      left = Long.parseLong((cut < 0 ? head : head.substring(0, cut)).trim(), 16);
    } catch (NumberFormatException e) {
      throw AwsError.badRequest("InvalidChunkSizeError", "The chunk size is not a number.");
    }
    if (left == 0) {
      ended = true;
      readTrailers();
    }
  }

  /** Trailers end with an empty line, or with the body. */
  private void readTrailers() throws IOException {
    for (String line = line(); !line.isEmpty(); line = line()) {
      int cut = line.indexOf(':');
      if (cut > 0) {
        trailers.put(
            line.substring(0, cut).trim().toLowerCase(Locale.ROOT), line.substring(cut + 1).trim());
      }
    }
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
