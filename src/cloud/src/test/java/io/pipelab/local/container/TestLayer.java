package io.pipelab.local.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds layers, bad ones too. */
public final class TestLayer {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar =
      new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

  public TestLayer() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  public TestLayer file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8), 0644);
  }

  public TestLayer file(String name, byte[] content, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    entry.setMode(mode);
    return put(entry, content);
  }

  /** A file with one long header of its own. */
  public TestLayer comment(String name, String comment) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.addPaxHeader("comment", comment);
    return put(entry, new byte[0]);
  }

  public TestLayer folder(String name) {
    return put(new TarArchiveEntry(name + "/", true), new byte[0]);
  }

  public TestLayer symbolicLink(String name, String target) {
    return link(name, TarConstants.LF_SYMLINK, target);
  }

  public TestLayer hardLink(String name, String target) {
    return link(name, TarConstants.LF_LINK, target);
  }

  public TestLayer device(String name) {
    return put(new TarArchiveEntry(name, TarConstants.LF_CHR, true), new byte[0]);
  }

  private TestLayer link(String name, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  private TestLayer put(TarArchiveEntry entry, byte[] content) {
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the layer into a file and returns the file. */
  public Path write(Path file) throws IOException {
    tar.close();
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      bytes.writeTo(out);
    }
    return file;
  }
}
