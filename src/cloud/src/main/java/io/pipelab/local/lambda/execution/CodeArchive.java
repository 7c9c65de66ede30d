package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a function's zip archive. It is a file from outside: what its headers say about sizes is
 * not believed, and nothing in it can reach out of the folder.
 */
final class CodeArchive {
  private static final int LONGEST_NAME_BYTES = 255;
  private static final int BUFFER = 64 * 1024;

  private final long mostBytes;
  private final int mostEntries;
  private final Path root;
  private final Set<Path> files = new HashSet<>();
  private final Set<Path> folders = new HashSet<>();
  private final byte[] buffer = new byte[BUFFER];
  private long bytes;

  /**
   * @param root the folder to unpack into, which exists
   * @param mostBytes bounds the sum of all files
   */
  CodeArchive(Path root, long mostBytes, int mostEntries) {
    this.root = root;
    this.mostBytes = mostBytes;
    this.mostEntries = mostEntries;
  }

  /**
   * Unpacks all that is not a class; classes are read from the archive, and only counted.
   *
   * @return how many bytes are in it, classes and all
   * @throws AwsError InvalidParameterValueException when it is not an archive that can be unpacked
   *     here
   */
  long unpack(Path zip) throws IOException {
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      if (archive.size() == 0) {
        throw AwsError.badRequest(
            "InvalidParameterValueException", "Uploaded file must be a non-empty zip");
      }
      if (archive.size() > mostEntries) {
        throw unusable();
      }
      for (ZipEntry entry : Collections.list(archive.entries())) {
        unpack(archive, entry);
      }
      return bytes;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      // Among them names that are not path here.
      throw unusable();
    }
  }

  private void unpack(ZipFile archive, ZipEntry entry) throws IOException {
    Path name = place(entry.getName());
    boolean written = !entry.isDirectory() && !entry.getName().endsWith(".class");
    claim(name, entry.isDirectory());
    if (entry.isDirectory()) {
      return;
    }
    try (InputStream content = archive.getInputStream(entry);
        OutputStream out = written ? create(root.resolve(name)) : OutputStream.nullOutputStream()) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > mostBytes) {
          throw tooLarge(mostBytes);
        }
        out.write(buffer, 0, read);
      }
    }
  }

  /** An entry's path below the root. */
  private static Path place(String name) {
    if (name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0) {
      throw unusable();
    }
    for (String segment : name.split("/")) {
      if (segment.equals("..")
          || segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
        throw unusable();
      }
    }
    return Path.of(name).normalize();
  }

  /** A name is a file's or a folder's, and what is above it are folders. */
  private void claim(Path name, boolean folder) {
    for (Path above = name.getParent(); above != null; above = above.getParent()) {
      if (files.contains(above)) {
        throw unusable();
      }
      if (!folders.add(above)) {
        break;
      }
    }
    if (folder ? files.contains(name) : folders.contains(name) || name.toString().isEmpty()) {
      throw unusable();
    }
    (folder ? folders : files).add(name);
  }

  private OutputStream create(Path file) throws IOException {
    try {
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file);
    } catch (FileSystemException e) {
      if (takesOtherNames()) {
        throw unusable();
      }
      throw e;
    }
  }

  /** Whether it is the name that the file system refuses, and not a full disk. */
  private boolean takesOtherNames() throws IOException {
    try {
      Files.delete(Files.createTempFile(root, "pipelab", ""));
      return true;
    } catch (FileSystemException e) {
      return false;
    }
  }

  static AwsError tooLarge(long mostBytes) {
    return AwsError.badRequest(
        "InvalidParameterValueException",
        "Unzipped size must be smaller than " + mostBytes + " bytes");
  }

  private static AwsError unusable() {
    return AwsError.badRequest(
        "InvalidParameterValueException",
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
