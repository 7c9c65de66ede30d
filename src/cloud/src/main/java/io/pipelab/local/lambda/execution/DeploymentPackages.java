package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Function code on disk, one folder for each content, for as long as it is used. */
public final class DeploymentPackages {
  private static final System.Logger LOG = System.getLogger(DeploymentPackages.class.getName());
  private static final long MAX_UNZIPPED_BYTES = 262_144_000;
  private static final int MAX_ENTRIES = 100_000;

  private final Path directory;
  private final long mostBytes;
  private final int mostEntries;
  private final Map<Path, Stored> byFolder = new HashMap<>();

  private static final class Stored {
    private final DeploymentPackage code;
    private int users = 1;

    Stored(DeploymentPackage code) {
      this.code = code;
    }
  }

  /**
   * @param directory is created when it is missing; belongs to this object alone
   */
  public DeploymentPackages(Path directory) {
    this(directory, MAX_UNZIPPED_BYTES, MAX_ENTRIES);
  }

  DeploymentPackages(Path directory, long mostBytes, int mostEntries) {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.mostEntries = mostEntries;
  }

  /**
   * Stores an archive; the same content is stored once. The caller uses it from now on, until he
   * releases it.
   *
   * @throws AwsError InvalidParameterValueException when it is not a zip archive, reaches outside
   *     of itself, has names that cannot be, or unzips to more than 250 MB
   */
  public DeploymentPackage add(InputStream zip) {
    try {
      Files.createDirectories(directory);
      Path staging = Files.createTempDirectory(directory, "upload");
      try {
        return add(zip, staging);
      } finally {
        FileTree.delete(staging);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store a function's code", e);
    }
  }

  private DeploymentPackage add(InputStream zip, Path staging) throws IOException {
    Path file = staging.resolve(DeploymentPackage.ZIP);
    byte[] hash = copy(zip, file);
    Path folder = directory.resolve(HexFormat.of().formatHex(hash));
    DeploymentPackage known = find(folder);
    if (known != null) {
      return known;
    }
    Path root = Files.createDirectory(staging.resolve(DeploymentPackage.TASK_ROOT));
    long unpacked = new CodeArchive(root, mostBytes, mostEntries).unpack(file);
    return store(folder, hash, Files.size(file), unpacked, staging);
  }

  /** Copies no more than could be unpacked, and returns the SHA-256 of it. */
  private byte[] copy(InputStream zip, Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[64 * 1024];
    long size = 0;
    try (zip;
        OutputStream out = Files.newOutputStream(file)) {
      for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
        size += read;
        if (size > mostBytes) {
          throw CodeArchive.tooLarge(mostBytes);
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return digest.digest();
  }

  private synchronized DeploymentPackage store(
      Path folder, byte[] hash, long size, long unpacked, Path staging) throws IOException {
    DeploymentPackage known = find(folder);
    if (known != null) {
      return known;
    }
    // What could not be deleted before.
    FileTree.delete(folder);
    Files.move(staging, folder);
    String sha256 = Base64.getEncoder().encodeToString(hash);
    Stored stored = new Stored(new DeploymentPackage(this, folder, sha256, size, unpacked));
    byFolder.put(folder, stored);
    return stored.code;
  }

  private synchronized @Nullable DeploymentPackage find(Path folder) {
    Stored stored = byFolder.get(folder);
    if (stored == null) {
      return null;
    }
    stored.users++;
    return stored.code;
  }

  synchronized boolean retain(Path folder) {
    return find(folder) != null;
  }

  synchronized void release(Path folder) {
    Stored stored = byFolder.get(folder);
    if (stored == null) {
      throw new IllegalStateException("released more often than used: " + folder);
    }
    if (--stored.users == 0) {
      byFolder.remove(folder);
      try {
        FileTree.delete(folder);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot delete " + folder, e);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
