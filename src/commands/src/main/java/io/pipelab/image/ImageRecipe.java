package io.pipelab.image;

import io.pipelab.target.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What goes into an image: jars, the class that it runs, and what it stands on.
 *
 * @param jars the whole class path; all go into one layer
 * @param base the base image's reference, or empty for none: an image for the embedded cloud, whose
 *     host has the JVM
 * @param place where the jars are in the image
 */
public record ImageRecipe(List<Path> jars, String mainClass, String base, Place place) {
  /** What an image is for, which says where its code is. */
  public enum Place {
    /** A task of ECS, which may have its code anywhere. */
    TASK("/app"),
    /** A function: its code is where AWS's own images have it, and where it is started. */
    FUNCTION("/var/task");

    private final String folder;

    Place(String folder) {
      this.folder = folder;
    }

    /** The folder of the jars. */
    String folder() {
      return folder;
    }
  }

  /** For AWS: Amazon's own JRE-capable image, public, with a manifest for linux/amd64. */
  public static final String CORRETTO = "public.ecr.aws/amazoncorretto/amazoncorretto:17";

  /** Changed when the same recipe is to give another image. */
  private static final String FORMAT = "1";

  public ImageRecipe {
    jars = List.copyOf(jars);
  }

  /** A task's image. */
  public ImageRecipe(List<Path> jars, String mainClass, String base) {
    this(jars, mainClass, base, Place.TASK);
  }

  /**
   * The words that start the container. On 0.25 vCPU a JVM starts several times faster with its
   * first compiler alone, and in 512 MiB it may take more than the usual quarter.
   */
  List<String> entryPoint() {
    return List.of(
        "java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:MaxRAMPercentage=75",
        "-cp",
        place.folder() + "/*",
        mainClass);
  }

  /**
   * A tag that is the same only for the same recipe and the same content, so that an image that is
   * in its repository already need not be built.
   *
   * @throws Failure when a jar is missing
   */
  String tag() {
    List<String> parts = new ArrayList<>(List.of(FORMAT, base));
    parts.addAll(entryPoint());
    for (Path jar : jars) {
      parts.add(String.valueOf(jar.getFileName()));
      parts.add(HexFormat.of().formatHex(sha256(jar)));
    }
    byte[] hash = sha256().digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    return "pipelab-" + HexFormat.of().formatHex(hash, 0, 10);
  }

  private static byte[] sha256(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw Failure.usage("the image's jar " + jar + " is missing", "build it: mvn package");
    }
    MessageDigest digest = sha256();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(jar)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return digest.digest();
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "the image's jar " + jar + " cannot be read",
          e.getMessage(),
          null,
          e);
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
