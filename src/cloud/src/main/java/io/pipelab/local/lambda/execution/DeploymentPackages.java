package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Function code on disk, one folder for each content. */
public final class DeploymentPackages {
  private static final long MAX_UNZIPPED_BYTES = 262_144_000;
  private static final int MAX_ENTRIES = 100_000;

  private final Path directory;
  private final Map<String, DeploymentPackage> byDigest = new ConcurrentHashMap<>();

  /**
   * @param directory is created when it is missing; belongs to this object alone
   */
  public DeploymentPackages(Path directory) {
    this.directory = directory;
  }

  /**
   * Stores an archive; the same content is stored once.
   *
   * @throws AwsError InvalidParameterValueException when it is no zip archive, reaches outside of
   *     itself, or unzips to more than 250 MB
   */
  public DeploymentPackage add(InputStream zip) {
    try {
      Files.createDirectories(directory);
      Path upload = Files.createTempFile(directory, "upload", ".zip");
      try {
        return add(zip, upload);
      } finally {
        Files.deleteIfExists(upload);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store a function's code", e);
    }
  }

  private DeploymentPackage add(InputStream zip, Path upload) throws IOException {
    MessageDigest digest = sha256();
    try (DigestInputStream in = new DigestInputStream(zip, digest);
        OutputStream out = Files.newOutputStream(upload)) {
      in.transferTo(out);
    }
    check(upload);
    byte[] hash = digest.digest();
    String hex = HexFormat.of().formatHex(hash);
    long size = Files.size(upload);
    return byDigest.computeIfAbsent(
        hex,
        name -> {
          Path folder = directory.resolve(name);
          DeploymentPackage code =
              new DeploymentPackage(folder, Base64.getEncoder().encodeToString(hash), size);
          try {
            Files.createDirectories(folder);
            Files.move(upload, code.zip());
          } catch (IOException e) {
            throw new UncheckedIOException("cannot store a function's code", e);
          }
          return code;
        });
  }

  private static void check(Path file) throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      long unzipped = 0;
      int entries = 0;
      for (ZipEntry entry : Collections.list(archive.entries())) {
        if (leavesTheArchive(entry.getName()) || ++entries > MAX_ENTRIES) {
          throw unusable();
        }
        unzipped += Math.max(0, entry.getSize());
      }
      if (entries == 0) {
        throw AwsError.badRequest(
            "InvalidParameterValueException", "Uploaded file must be a non-empty zip");
      }
      if (unzipped > MAX_UNZIPPED_BYTES) {
        throw AwsError.badRequest(
            "InvalidParameterValueException",
            "Unzipped size must be smaller than " + MAX_UNZIPPED_BYTES + " bytes");
      }
    } catch (ZipException e) {
      throw unusable();
    }
  }

  private static boolean leavesTheArchive(String entry) {
    return entry.startsWith("/")
        || entry.contains("\\")
        || entry.contains("\u0000")
        || Path.of(entry).normalize().startsWith("..");
  }

  private static AwsError unusable() {
    return AwsError.badRequest(
        "InvalidParameterValueException",
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
