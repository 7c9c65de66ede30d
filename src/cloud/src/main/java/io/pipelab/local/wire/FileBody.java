package io.pipelab.local.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A body of any size: its start in memory, and all of it in a file when it is longer. */
final class FileBody implements Body {
  private static final System.Logger LOG = System.getLogger(FileBody.class.getName());
  private static final int MOST_IN_MEMORY = 32 << 10;

  private final WaitingBytes waiting;
  private final Path folder;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream(0);
  private int taken;
  private @Nullable FileChannel file;

  FileBody(WaitingBytes waiting, Path folder) {
    this.waiting = waiting;
    this.folder = folder;
  }

  @Override
  public void add(ByteBuffer piece) throws IOException {
    int count = piece.remaining();
    if (file == null && taken + count <= MOST_IN_MEMORY && waiting.tryTake(count)) {
      taken += count;
      byte[] bytes = new byte[count];
      piece.get(bytes);
      start.writeBytes(bytes);
      return;
    }
    FileChannel to = file();
    while (piece.hasRemaining()) {
      to.write(piece);
    }
  }

  private FileChannel file() throws IOException {
    if (file == null) {
      Files.createDirectories(folder);
      Path path = Files.createTempFile(folder, "body", "");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file.write(ByteBuffer.wrap(start.toByteArray()));
      letGoOfStart();
    }
    return file;
  }

  private void letGoOfStart() {
    start.reset();
    waiting.give(taken);
    taken = 0;
  }

  @Override
  public boolean inPieces() {
    return true;
  }

  @Override
  public InputStream open() throws IOException {
    if (file == null) {
      return new ByteArrayInputStream(start.toByteArray());
    }
    file.position(0);
    return Channels.newInputStream(file);
  }

  @Override
  public void close() {
    letGoOfStart();
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a body's file was not removed", e);
    }
  }
}
