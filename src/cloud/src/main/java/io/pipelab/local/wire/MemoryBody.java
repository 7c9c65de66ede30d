package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The body of an action's request, in memory, of a limited size. */
final class MemoryBody implements Body {
  private final WaitingBytes waiting;
  private final int most;
  private byte[] bytes = {};
  private int length;

  MemoryBody(WaitingBytes waiting, int most) {
    this.waiting = waiting;
    this.most = most;
  }

  static AwsError tooLarge() {
    return AwsError.of("RequestEntityTooLargeException", 413, "The request is too large.");
  }

  @Override
  public void add(ByteBuffer piece) {
    int count = piece.remaining();
    if (count > most - length) {
      throw tooLarge();
    }
    waiting.take(count);
    if (length + count > bytes.length) {
      long doubled = Math.max(length + count, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(most, doubled));
    }
    piece.get(bytes, length, count);
    length += count;
  }

  @Override
  public boolean inPieces() {
    return false;
  }

  /** What arrived, as an array of that size. */
  byte[] bytes() {
    if (bytes.length != length) {
      bytes = Arrays.copyOf(bytes, length);
    }
    return bytes;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes, 0, length);
  }

  @Override
  public void close() {
    waiting.give(length);
    length = 0;
    bytes = new byte[0];
  }
}
