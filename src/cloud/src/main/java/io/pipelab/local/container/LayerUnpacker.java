package io.pipelab.local.container;

import io.pipelab.local.kernel.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an image's layers, one over the other, into one folder. A layer is a file from outside:
 * nothing in it can reach out of the folder, and there are bounds to what it may unpack to.
 */
final class LayerUnpacker {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /** What Linux takes as a path, and far more than a layer's headers need between two files. */
  private static final int LONGEST_NAME = 4096;

  private static final long MOST_HEADER_BYTES = 1 << 20;

  private final ImageRoot root;
  private final int mostEntries;
  private long bytesLeft;
  private int entries;

  /**
   * @param mostBytes bounds the sum of all files
   */
  LayerUnpacker(Path folder, int mostEntries, long mostBytes) {
    this.root = new ImageRoot(folder);
    this.mostEntries = mostEntries;
    this.bytesLeft = mostBytes;
  }

  /** Unpacks gzip-compressed tar files, base first. */
  void unpack(List<Path> layers) throws IOException {
    for (Path layer : layers) {
      unpack(layer);
    }
  }

  private void unpack(Path layer) throws IOException {
    Layer own = new Layer(new HashSet<>(), new HashSet<>());
    try (InputStream file = new BufferedInputStream(Files.newInputStream(layer));
        BoundedStream bounded = new BoundedStream(new GZIPInputStream(file));
        TarArchiveInputStream tar = new TarArchiveInputStream(bounded)) {
      TarArchiveEntry entry = next(tar, bounded);
      while (entry != null) {
        if (++entries > mostEntries) {
          throw new IOException("the image has more than " + mostEntries + " files");
        }
        unpack(tar, entry, own);
        entry = next(tar, bounded);
      }
    }
  }

  /** Reads headers, which the library keeps in memory; what follows is counted where it goes. */
  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, BoundedStream bounded)
      throws IOException {
    bounded.allow(MOST_HEADER_BYTES);
    TarArchiveEntry entry = tar.getNextEntry();
    bounded.allow(Long.MAX_VALUE);
    return entry;
  }

  /**
   * One layer's own work.
   *
   * @param entries what it put where it is; an opaque folder keeps that
   * @param opaque folders that it has cleared of the layers below
   */
  private record Layer(Set<Path> entries, Set<Path> opaque) {}

  private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Layer layer)
      throws IOException {
    String name = entry.getName();
    if (name.indexOf('\0') >= 0 || entry.getLinkName().indexOf('\0') >= 0) {
      throw new IOException("the layer has an entry whose name is none");
    }
    if (name.length() > LONGEST_NAME || entry.getLinkName().length() > LONGEST_NAME) {
      throw new IOException("the layer has an entry whose name is too long");
    }
    if (List.of(name.split("/")).contains("..")) {
      throw new IOException("the layer's entry " + name + " leads out of the image");
    }
    Path place = root.resolveParent(name);
    if (place.equals(root.folder())) {
      return;
    }
    String last = String.valueOf(place.getFileName());
    if (last.startsWith(WHITEOUT)) {
      whiteOut(place, last, layer);
      return;
    }
    if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      // A container gets its devices from its engine.
      return;
    }
    makeFolders(place.getParent());
    if (entry.isDirectory()) {
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        FileTree.delete(place);
        Files.createDirectory(place);
      }
    } else if (entry.isSymbolicLink()) {
      FileTree.delete(place);
      Files.createSymbolicLink(place, root.linkText(place, entry.getLinkName()));
    } else if (entry.isLink()) {
      link(place, entry);
    } else {
      FileTree.delete(place);
      write(tar, place, entry);
    }
    layer.entries().add(place);
  }

  /** Folders that a layer does not list come into being with what is in them. */
  private static void makeFolders(@Nullable Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      makeFolders(folder.getParent());
      Files.deleteIfExists(folder);
      Files.createDirectory(folder);
    }
  }

  private void link(Path place, TarArchiveEntry entry) throws IOException {
    Path target = root.resolve(entry.getLinkName());
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "the layer's link " + entry.getName() + " has no target " + entry.getLinkName());
    }
    if (!target.equals(place)) {
      FileTree.delete(place);
      Files.createLink(place, target);
    }
  }

  private void write(InputStream content, Path place, TarArchiveEntry entry) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytesLeft -= read;
        if (bytesLeft < 0) {
          throw new IOException("the image unpacks to more than it may");
        }
        out.write(buffer, 0, read);
      }
    }
    // Tasks share the files, so nobody may write to them.
    boolean program = (entry.getMode() & 0111) != 0;
    Files.setPosixFilePermissions(
        place, PosixFilePermissions.fromString(program ? "r-xr-xr-x" : "r--r--r--"));
  }

  /** A layer's way to say that something of the layers below is gone. */
  private static void whiteOut(Path place, String name, Layer layer) throws IOException {
    Path folder = place.getParent();
    if (folder == null || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!name.equals(OPAQUE)) {
      String gone = name.substring(WHITEOUT.length());
      if (gone.isEmpty() || gone.equals(".") || gone.equals("..")) {
        throw new IOException("the layer's entry " + name + " is not a whiteout");
      }
      FileTree.delete(folder.resolve(gone));
    } else if (layer.opaque().add(folder)) {
      clear(folder, layer.entries());
    }
  }

  /** Takes away all that a folder has from the layers below. */
  private static void clear(Path folder, Set<Path> ownEntries) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!ownEntries.contains(file)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            if (!visited.equals(folder) && !ownEntries.contains(visited) && isEmpty(visited)) {
              Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
