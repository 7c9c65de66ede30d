package io.pipelab.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.progress.ProgressEventHandler;
import io.pipelab.target.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/**
 * Builds images for linux/amd64 and pushes them to ECR, by Jib: no Docker, and the same content is
 * the same digest, whenever and wherever it is built.
 */
public final class ImageBuilder {
  private static final Platform PLATFORM = new Platform("amd64", "linux");

  private final EcrClient ecr;
  private final Path cache;
  private final ImageListener listener;

  /**
   * @param cache a folder for layers that were built or pulled before; created when missing
   */
  public ImageBuilder(EcrClient ecr, Path cache, ImageListener listener) {
    this.ecr = ecr;
    this.cache = cache;
    this.listener = listener;
  }

  /**
   * Puts an image into a repository, unless it is there.
   *
   * @param repositoryName the name of a repository that exists
   * @throws Failure in the user's words
   * @throws software.amazon.awssdk.core.exception.SdkException when ECR cannot be asked
   */
  public PublishedImage publish(ImageRecipe recipe, String repositoryName) {
    String tag = recipe.tag();
    String uri = repositoryUri(repositoryName);
    StoredManifest stored = StoredManifest.find(ecr, repositoryName, tag);
    if (stored != null) {
      listener.done(1);
      return new PublishedImage(uri + "@" + stored.digest(), stored.digest(), tag, false);
    }
    JibContainer built = push(recipe, uri, tag);
    String digest = built.getDigest().toString();
    StoredManifest.require(ecr, repositoryName, digest, built.getImageId().toString());
    listener.done(1);
    return new PublishedImage(uri + "@" + digest, digest, tag, true);
  }

  /**
   * Where a repository is: {@code REGISTRY/REPOSITORY}.
   *
   * @throws Failure when there is no such repository, or the target does not say where it is
   */
  public String repositoryUri(String name) {
    try {
      return ecr
          .describeRepositories(request -> request.repositoryNames(name))
          .repositories()
          .stream()
          .map(Repository::repositoryUri)
          .filter(uri -> uri != null && uri.indexOf('/') > 0)
          .findFirst()
          .orElseThrow(
              () ->
                  new Failure(
                      Failure.Kind.UNREACHABLE,
                      "the target does not say where the repository " + name + " is",
                      "DescribeRepositories returned no repositoryUri",
                      "is an AWS-compatible service behind the endpoint?"));
    } catch (RepositoryNotFoundException e) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "there is no repository " + name + " to push to",
          e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage(),
          "'pipelab up' creates it",
          e);
    }
  }

  private JibContainer push(ImageRecipe recipe, String uri, String tag) {
    RegistryPassword password = RegistryPassword.of(ecr);
    boolean loopback = isLoopback(uri);
    if (loopback) {
      // The embedded cloud's registry speaks HTTP; Jib would keep the password to itself.
      System.setProperty("sendCredentialsOverHttp", "true");
    }
    try {
      RegistryImage target =
          RegistryImage.named(uri + ":" + tag).addCredential(password.user(), password.password());
      Containerizer containerizer =
          Containerizer.to(target)
              .setToolName("pipelab")
              .setBaseImageLayersCache(cache.resolve("base"))
              .setApplicationLayersCache(cache.resolve("application"))
              .setAllowInsecureRegistries(loopback)
              .addEventHandler(
                  ProgressEvent.class,
                  new ProgressEventHandler(update -> listener.done(update.getProgress())));
      return container(recipe).containerize(containerizer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", uri, e);
    } catch (ExecutionException e) {
      throw failure(reason(e), uri, e);
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException
        | IOException e) {
      throw failure(reason(e), uri, e);
    }
  }

  private static JibContainerBuilder container(ImageRecipe recipe)
      throws InvalidImageReferenceException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("application");
    for (Path jar : recipe.jars()) {
      layer.addEntry(jar, AbsoluteUnixPath.get(recipe.place().folder() + "/" + jar.getFileName()));
    }
    JibContainerBuilder builder =
        recipe.base().isEmpty() ? Jib.fromScratch() : Jib.from(recipe.base());
    if (recipe.place() == ImageRecipe.Place.FUNCTION) {
      builder.setWorkingDirectory(AbsoluteUnixPath.get(recipe.place().folder()));
    }
    return builder
        .setPlatforms(Set.of(PLATFORM))
        .setFormat(ImageFormat.Docker)
        .setCreationTime(Instant.EPOCH)
        .addFileEntriesLayer(layer.build())
        .setUser("1000:1000")
        .setEntrypoint(recipe.entryPoint());
  }

  /** Only a registry on this machine may be spoken to without TLS. */
  private static boolean isLoopback(String uri) {
    String host = uri.substring(0, uri.indexOf('/')).replaceAll(":\\d+$", "");
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The innermost message: Jib wraps what happened in what it was doing. */
  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return text.replaceAll("\\s+", " ").strip();
  }

  private static Failure failure(String why, String uri, Throwable cause) {
    return new Failure(
        Failure.Kind.REFUSED,
        "the image could not be built and pushed to " + uri,
        why,
        "'pipelab doctor' looks for common causes; --debug shows the whole exception",
        cause);
  }
}
