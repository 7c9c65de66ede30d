package io.pipelab.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Where a request's body is kept while it arrives and until it is answered. */
interface Body extends AutoCloseable {
  /**
   * Adds what arrived.
   *
   * @throws io.pipelab.local.kernel.AwsError when it is too much
   */
  void add(ByteBuffer piece) throws IOException;

  /** Whether each piece has the time that otherwise the whole has. */
  boolean inPieces();

  /** The whole body, from its start, once. */
  InputStream open() throws IOException;

  /** Lets go of its memory or its file. */
  @Override
  void close();
}
