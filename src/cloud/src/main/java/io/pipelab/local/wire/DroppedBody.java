package io.pipelab.local.wire;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** The body of a request that nobody answers: it is read to its end and not kept. */
final class DroppedBody implements Body {
  @Override
  public void add(ByteBuffer piece) {
    piece.position(piece.limit());
  }

  @Override
  public boolean inPieces() {
    return true;
  }

  @Override
  public InputStream open() {
    return InputStream.nullInputStream();
  }

  @Override
  public void close() {}
}
