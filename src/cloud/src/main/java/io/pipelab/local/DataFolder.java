package io.pipelab.local;

import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The cloud's working files: blobs, objects, unpacked code. They live as long as the cloud does;
 * what a killed cloud left behind goes when the next one starts.
 */
final class DataFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());

  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  /** Makes an empty folder that only its owner can read. */
  static DataFolder create(Path stateDir) throws IOException {
    Files.createDirectories(stateDir);
    Path path = stateDir.resolve("data");
    FileTree.delete(path);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(path);
    }
    return new DataFolder(path);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the cloud's data could not all be deleted: " + e);
    }
  }
}
