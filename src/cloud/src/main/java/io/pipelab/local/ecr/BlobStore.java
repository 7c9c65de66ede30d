package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The registry's blobs as files named by their digest. A file is there once; a repository sees the
 * blobs that were pushed or mounted into it, and the last one that lets go deletes the file.
 */
final class BlobStore implements AutoCloseable {
  /** Ten GiB, in bytes. */
  static final long LARGEST_BLOB = 10L << 30;

  private static final int MOST_UPLOADS = 1000;

  private final Path directory;
  private final long largestBlob;
  private final Map<String, Set<String>> repositoriesByDigest = new HashMap<>();

  /** In the order in which they began. */
  private final Map<String, Upload> uploads = new LinkedHashMap<>();

  BlobStore(Path directory, long largestBlob) {
    this.directory = directory;
    this.largestBlob = largestBlob;
  }

  /** Whether the repository has the blob. */
  synchronized boolean has(String repository, String digest) {
    return repositoriesByDigest.getOrDefault(digest, Set.of()).contains(repository);
  }

  /** The blob's file; there only while some repository has the blob. */
  Path file(String digest) {
    return directory.resolve(digest.replace(':', '-'));
  }

  /** The blob's length in bytes. */
  long size(String digest) {
    try {
      return Files.size(file(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a repository see a blob of another one; false when that one does not have it. */
  synchronized boolean mount(String digest, String from, String to) {
    if (!has(from, digest)) {
      return false;
    }
    repositoriesByDigest.computeIfAbsent(digest, ignored -> new HashSet<>()).add(to);
    return true;
  }

  /** Takes a blob from a repository. */
  synchronized void release(String repository, String digest) {
    Set<String> repositories = repositoriesByDigest.get(digest);
    if (repositories == null || !repositories.remove(repository) || !repositories.isEmpty()) {
      return;
    }
    repositoriesByDigest.remove(digest);
    delete(file(digest));
  }

  /** Takes all blobs and uploads from a repository that is deleted. */
  synchronized void releaseAll(String repository) {
    for (String digest : List.copyOf(repositoriesByDigest.keySet())) {
      release(repository, digest);
    }
    List<Upload> own =
        uploads.values().stream().filter(u -> u.repository().equals(repository)).toList();
    own.forEach(this::cancel);
  }

  /** Begins an upload; when there are too many, the oldest is given up. */
  synchronized Upload begin(String repository) {
    if (uploads.size() >= MOST_UPLOADS) {
      cancel(uploads.values().iterator().next());
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String id = UUID.randomUUID().toString();
    Upload upload = new Upload(id, repository, directory.resolve("upload-" + id), largestBlob);
    uploads.put(id, upload);
    return upload;
  }

  /** An upload that was begun in this repository, or null. */
  synchronized @Nullable Upload upload(String repository, String id) {
    Upload upload = uploads.get(id);
    return upload != null && upload.repository().equals(repository) ? upload : null;
  }

  /**
   * Makes a blob of an upload.
   *
   * @throws AwsError DIGEST_INVALID when the content has another digest; the upload is lost
   */
  void finish(Upload upload, String digest) throws IOException {
    String actual = upload.finish();
    synchronized (this) {
      if (uploads.remove(upload.id()) == null) {
        delete(upload.file());
        throw AwsError.notFound("BLOB_UPLOAD_UNKNOWN", "the upload was given up");
      }
      if (!actual.equals(digest)) {
        delete(upload.file());
        throw AwsError.badRequest(
            "DIGEST_INVALID", "the content's digest is " + actual + ", not " + digest);
      }
      Files.move(upload.file(), file(digest), StandardCopyOption.REPLACE_EXISTING);
      repositoriesByDigest
          .computeIfAbsent(digest, ignored -> new HashSet<>())
          .add(upload.repository());
    }
  }

  /** Gives an upload up. */
  synchronized void cancel(Upload upload) {
    uploads.remove(upload.id());
    delete(upload.file());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    repositoriesByDigest.clear();
    uploads.clear();
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
