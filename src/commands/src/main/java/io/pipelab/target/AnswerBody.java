package io.pipelab.target;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer's body on its way: of a known length, in chunks (RFC 9112, 7.1), or as long as the
 * connection. Read to its end it gives the connection back, closed before it ends it.
 */
final class AnswerBody extends InputStream {
  private static final int LONGEST_LINE = 4096;

  /** How the end is known. */
  enum Framing {
    LENGTH,
    CHUNKS,
    END_OF_CONNECTION
  }

  private final InputStream in;
  private final Framing framing;
  private final Runnable whole;
  private final Runnable cut;
  private long left;
  private boolean begun;
  private boolean over;

  /**
   * @param length with {@link Framing#LENGTH}, at least 1
   * @param whole is run when it was read to its end
   * @param cut is run when it is closed before
   */
  AnswerBody(InputStream in, Framing framing, long length, Runnable whole, Runnable cut) {
    this.in = in;
    this.framing = framing;
    this.left = framing == Framing.LENGTH ? length : 0;
    this.whole = whole;
    this.cut = cut;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (framing == Framing.CHUNKS && left == 0 && !over) {
      nextChunk();
    }
    if (over) {
      return -1;
    }
    boolean known = framing != Framing.END_OF_CONNECTION;
    int read = in.read(bytes, offset, known ? (int) Math.min(count, left) : count);
    if (read < 0 && known) {
      throw new EOFException("the connection ended before the answer did");
    }
    left -= known ? read : 0;
    if (read < 0 || (framing == Framing.LENGTH && left == 0)) {
      end();
    }
    return read;
  }

  private void nextChunk() throws IOException {
    if (begun && !line().isEmpty()) {
      throw new IOException("a chunk of the answer is longer than it said");
    }
    begun = true;
    String size = line().split(";", 2)[0].trim();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("a chunk of the answer has no size", e);
    }
    if (left == 0) {
      while (!line().isEmpty()) {
        // Trailers: nothing that a caller could see.
      }
      end();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0 || line.length() == LONGEST_LINE) {
        throw new EOFException("the connection ended before the answer did");
      }
      line.append((char) each);
    }
    return line.toString().stripTrailing();
  }

  private void end() {
    over = true;
    whole.run();
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      cut.run();
    }
  }
}
