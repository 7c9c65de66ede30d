package io.pipelab.drive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Fetches everything that a bucket holds into a folder. */
public final class DownloadObjects {
  /**
   * One object in the folder.
   *
   * @param path relative to the folder
   */
  public record Fetched(String key, Path path, long bytes) {}

  private final S3Client s3;
  private final Path taken;

  /**
   * Fetches with a client.
   *
   * @param taken a file name that no object gets
   */
  public DownloadObjects(S3Client s3, Path taken) {
    this.s3 = s3;
    this.taken = taken;
  }

  /**
   * Fetches, in the order of the keys.
   *
   * @param folder is there
   * @param progress told how many objects are fetched
   * @throws FileSystemException when a file cannot be written, or a link in the folder leads out of
   *     it
   */
  public List<Fetched> fetch(String bucket, Path folder, IntConsumer progress) throws IOException {
    LocalPaths paths = new LocalPaths(taken);
    List<Fetched> fetched = new ArrayList<>();
    Path root = folder.toRealPath();
    for (S3Object object : s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
      if (object.key().endsWith("/") && object.size() == 0) {
        continue; // what the console calls a folder
      }
      Path path = paths.of(object.key());
      write(bucket, object.key(), root, path);
      fetched.add(new Fetched(object.key(), path, object.size()));
      progress.accept(fetched.size());
    }
    return fetched;
  }

  private void write(String bucket, String key, Path root, Path path) throws IOException {
    Path folder = root;
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      folder = folder.resolve(path.getName(i));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileSystemException(folder.toString(), null, "it is not a folder");
        }
        Files.createDirectory(folder);
      }
    }
    Path part = Files.createTempFile(folder, ".pipelab-", ".part");
    try {
      try (InputStream in = s3.getObject(get -> get.bucket(bucket).key(key))) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(part, root.resolve(path), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
