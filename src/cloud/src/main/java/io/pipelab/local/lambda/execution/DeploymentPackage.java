package io.pipelab.local.lambda.execution;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function's code: a zip archive that was checked when it was stored.
 *
 * <p>The archive itself stands on the class path, because a JVM reads classes from one archive
 * faster than from thousands of files. What is no class is also unpacked, for functions that read
 * files below {@code LAMBDA_TASK_ROOT}, and for jars in {@code lib/}.
 */
public final class DeploymentPackage {
  private final Path folder;
  private final String sha256;
  private final long size;
  private boolean unpacked;

  /**
   * @param folder holds {@link #zip()} and, when unpacked, the task root
   * @param sha256 of the archive, in Base64 as {@code CodeSha256} has it
   * @param size of the archive in bytes
   */
  DeploymentPackage(Path folder, String sha256, long size) {
    this.folder = folder;
    this.sha256 = sha256;
    this.size = size;
  }

  /** The archive. */
  public Path zip() {
    return folder.resolve("code.jar");
  }

  public String sha256() {
    return sha256;
  }

  public long size() {
    return size;
  }

  /** The folder that {@code LAMBDA_TASK_ROOT} names, unpacked on first use. */
  synchronized Path taskRoot() throws IOException {
    Path root = folder.resolve("task");
    if (!unpacked) {
      unpack(root);
      unpacked = true;
    }
    return root;
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

  private void unpack(Path root) throws IOException {
    Files.createDirectories(root);
    try (ZipFile archive = new ZipFile(zip().toFile())) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        Path target = root.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || entry.getName().endsWith(".class")) {
          continue;
        }
        if (!target.startsWith(root)) {
          throw new IOException("the archive has an entry outside of itself: " + entry.getName());
        }
        Files.createDirectories(target.getParent());
        try (InputStream content = archive.getInputStream(entry)) {
          Files.copy(content, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
