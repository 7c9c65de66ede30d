package io.pipelab.local.lambda.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.container.TestLayer;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ContainerImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A registry of images that run {@link ImageProgram}, and of images that are of no use. */
public final class TestImages implements ContainerImages {
  public static final String HOST = "000000000000.dkr.ecr.us-east-1.amazonaws.com/";
  public static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, Image> byReference = new ConcurrentHashMap<>();

  /** Repositories that do not let Lambda in. */
  public final Set<String> closed = ConcurrentHashMap.newKeySet();

  private @Nullable Path layer;

  public TestImages(Path directory) {
    this.directory = directory;
  }

  @Override
  public Image pull(String uri, Caller.@Nullable ServicePrincipal service) {
    if (!uri.startsWith(HOST)) {
      throw AwsError.notImplemented("pulling from " + uri);
    }
    if (service != null && closed.stream().anyMatch(name -> uri.startsWith(HOST + name))) {
      throw AwsError.accessDenied("AccessDeniedException", "denied for " + service.sourceArn());
    }
    Image image = byReference.get(uri);
    if (image == null) {
      throw AwsError.badRequest("ImageNotFoundException", "there is no " + uri);
    }
    return image;
  }

  /**
   * Pushes an image.
   *
   * @param name {@code REPOSITORY:TAG}
   * @return its URI
   */
  public String push(String name, Image image) {
    byReference.put(HOST + name, image);
    byReference.put(HOST + name.substring(0, name.indexOf(':')) + "@" + image.digest(), image);
    return HOST + name;
  }

  /** Deletes an image under all its names. */
  public void delete(Image image) {
    byReference.values().removeIf(image::equals);
  }

  /** An image whose program does what its first argument says. */
  public Image program(String does) throws Exception {
    return image(
        does,
        """
        {"Entrypoint": ["java", "-cp", "/var/task/*", "%s"], "Cmd": ["%s"],
         "WorkingDir": "/var/task", "Env": ["OF_IMAGE=image", "OF_BOTH=image"]}
        """
            .formatted(ImageProgram.NAME, does));
  }

  /** An image with the program in it that says something else of it. */
  public Image image(String marker, String config) throws Exception {
    return new Image(
        digest(marker), MANIFEST, JSON.readTree("{\"config\": " + config + "}"), List.of(layer()));
  }

  /** An image whose layer is no archive. */
  public Image broken() throws IOException {
    Path file = Files.writeString(directory.resolve("broken.tar.gz"), "no layer");
    return new Image(digest("broken"), MANIFEST, JSON.createObjectNode(), List.of(file));
  }

  /** An index of several images. */
  public Image index() throws Exception {
    Image one = program("serve");
    return new Image(
        digest("index"), "application/vnd.oci.image.index.v1+json", one.config(), one.layers());
  }

  private static String digest(String marker) {
    return "sha256:" + "%064x".formatted(marker.hashCode() & 0xffffffffL);
  }

  private Path layer() throws Exception {
    if (layer == null) {
      byte[] jar = HandlerJar.of(ImageProgram.NAME, ImageProgram.SOURCE, directory);
      layer =
          new TestLayer()
              .file("var/task/loop.jar", jar, 0644)
              .file("var/task/note.txt", "noted")
              .file("opt/other/note.txt", "other")
              .file("bin/sh", HandlerJar.utf8("#!"), 0755)
              .write(directory.resolve("layer.tar.gz"));
    }
    return layer;
  }
}
