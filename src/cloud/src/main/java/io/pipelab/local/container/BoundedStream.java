package io.pipelab.local.container;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which no more than was allowed can be read. */
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream in) {
    super(in);
  }

  /** Allows so many bytes from here on. */
  void allow(long bytes) {
    left = bytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    take(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    take(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    take(skipped);
    return skipped;
  }

  private void take(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("the layer's headers are longer than they may be");
    }
  }
}
