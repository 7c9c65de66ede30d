package io.pipelab.local.lambda.execution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/**
 * A function's code: a zip archive that was checked and unpacked when it was stored. Its files are
 * there as long as somebody uses them.
 *
 * <p>The archive itself stands on the class path, because a JVM reads classes from one archive
 * faster than from thousands of files. What is not a class is also unpacked, for functions that
 * read files below {@code LAMBDA_TASK_ROOT}, and for jars in {@code lib/}.
 */
public final class DeploymentPackage implements StoredCode {
  static final String ZIP = "code.jar";
  static final String TASK_ROOT = "task";

  private final DeploymentPackages store;
  private final Path folder;
  private final String sha256;
  private final long size;
  private final long unpackedSize;

  /**
   * @param store counts the users
   * @param folder holds {@link #zip()} and the task root
   * @param sha256 of the archive, in Base64 as {@code CodeSha256} has it
   * @param size of the archive in bytes
   * @param unpackedSize of all that is in it, in bytes
   */
  DeploymentPackage(
      DeploymentPackages store, Path folder, String sha256, long size, long unpackedSize) {
    this.store = store;
    this.folder = folder;
    this.sha256 = sha256;
    this.size = size;
    this.unpackedSize = unpackedSize;
  }

  /** The archive. */
  public Path zip() {
    return folder.resolve(ZIP);
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public long size() {
    return size;
  }

  /** The size of all that is in it, in bytes. */
  long unpackedSize() {
    return unpackedSize;
  }

  @Override
  public boolean retain() {
    return store.retain(folder);
  }

  @Override
  public void release() {
    store.release(folder);
  }

  /** The folder that {@code LAMBDA_TASK_ROOT} names. */
  Path taskRoot() {
    return folder.resolve(TASK_ROOT);
  }

  /** The class path of a Java function: its classes, then the jars in {@code lib/} by name. */
  String classPath() throws IOException {
    StringJoiner path = new StringJoiner(File.pathSeparator);
    path.add(zip().toString());
    Path lib = taskRoot().resolve("lib");
    if (Files.isDirectory(lib)) {
      List<Path> jars = new ArrayList<>();
      try (var files = Files.newDirectoryStream(lib, "*.jar")) {
        files.forEach(jars::add);
      }
      Collections.sort(jars);
      jars.forEach(jar -> path.add(jar.toString()));
    }
    return path.toString();
  }
}
