package io.pipelab.local.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files that hold the bytes of objects and parts. The index of them is in memory, so files that
 * an earlier run left behind are deleted at first use.
 */
final class Blobs implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Blobs.class.getName());

  private final Path directory;
  private boolean ready;

  Blobs(Path directory) {
    this.directory = directory;
  }

  /**
   * Stores a stream, feeding its bytes to the digests; nothing is left of one that breaks off.
   *
   * @throws IOException when the stream breaks off, or the disk is full
   */
  Blob store(InputStream bytes, Digests digests) throws IOException {
    prepare();
    Path file = Files.createTempFile(directory, "blob", "");
    boolean stored = false;
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[64 << 10];
      long size = 0;
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digests.update(buffer, count);
        out.write(buffer, 0, count);
        size += count;
      }
      Blob blob = new Blob(file, size, digests.md5Hex());
      stored = true;
      return blob;
    } finally {
      if (!stored) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Stores one blob that is made of others, in their order. */
  Blob concat(List<Blob> parts, Digests digests) throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (Blob part : parts) {
      streams.add(new Lazily(part.file()));
    }
    try (InputStream all = new SequenceInputStream(Collections.enumeration(streams))) {
      return store(all, digests);
    }
  }

  /** Opens a blob; its bytes can be read to their end also when it is deleted meanwhile. */
  static InputStream open(Blob blob) throws IOException {
    return Files.newInputStream(blob.file());
  }

  /** A range of an open blob, of which nothing was read yet. */
  static InputStream range(InputStream bytes, ByteRange range) throws IOException {
    bytes.skipNBytes(range.first());
    return new Bounded(bytes, range.length());
  }

  void delete(Blob blob) {
    try {
      Files.deleteIfExists(blob.file());
    } catch (IOException e) {
      // Disk space only: the index no longer knows the file.
      LOG.log(Level.WARNING, "could not delete " + blob.file(), e);
    }
  }

  private synchronized void prepare() throws IOException {
    if (!ready) {
      Files.createDirectories(directory);
      clear();
      ready = true;
    }
  }

  private void clear() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "blob*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Deletes everything. */
  @Override
  public synchronized void close() {
    if (ready) {
      try {
        clear();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A file that is opened when it is read from, so that ten thousand parts need one handle. */
  private static final class Lazily extends InputStream {
    private final Path file;
    private InputStream stream = InputStream.nullInputStream();
    private boolean open;

    Lazily(Path file) {
      this.file = file;
    }

    private InputStream stream() throws IOException {
      if (!open) {
        stream = Files.newInputStream(file);
        open = true;
      }
      return stream;
    }

    @Override
    public int read() throws IOException {
      return stream().read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return stream().read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** The first bytes of a stream. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int next = left > 0 ? in.read() : -1;
      left -= next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
