package io.pipelab.local.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object under a reader's hands: its bytes can be read to their end, whatever overwrites or
 * deletes it meanwhile.
 */
record OpenObject(ObjectVersion version, StoredObject object, InputStream bytes)
    implements Closeable {

  /** A range of the bytes, of which nothing was read yet. */
  InputStream range(ByteRange range) throws IOException {
    return Blobs.range(bytes, range);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
