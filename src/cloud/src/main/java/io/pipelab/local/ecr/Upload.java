package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** A blob that is on its way into a repository, in one piece or in several, straight to disk. */
final class Upload {
  private final String id;
  private final String repository;
  private final Path file;
  private final long limit;
  private final MessageDigest sha256 = Digests.sha256();
  private long size;

  Upload(String id, String repository, Path file, long limit) {
    this.id = id;
    this.repository = repository;
    this.file = file;
    this.limit = limit;
  }

  String id() {
    return id;
  }

  String repository() {
    return repository;
  }

  Path file() {
    return file;
  }

  /** Bytes received so far. */
  synchronized long size() {
    return size;
  }

  /**
   * Appends what the stream holds.
   *
   * @throws AwsError SIZE_INVALID (413) when the blob grows too large
   */
  synchronized void append(InputStream content) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        if (size + read > limit) {
          throw AwsError.of("SIZE_INVALID", 413, "a blob may have " + limit + " bytes at most");
        }
        out.write(buffer, 0, read);
        sha256.update(buffer, 0, read);
        size += read;
      }
    }
  }

  /** Ends the upload and returns the digest of what came. */
  synchronized String finish() {
    return Digests.text(sha256);
  }
}
