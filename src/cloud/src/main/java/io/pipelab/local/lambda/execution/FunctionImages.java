package io.pipelab.local.lambda.execution;

import io.pipelab.local.container.ImageFailure;
import io.pipelab.local.container.UnpackedImages;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ContainerImages;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Takes functions' images out of the registry when their code is set. */
public final class FunctionImages implements AutoCloseable {
  private static final String SERVICE = "lambda.amazonaws.com";

  /** A private registry of ECR; from no other does Lambda take images. */
  private static final Pattern ANOTHER_ECR = Pattern.compile("^\\d{12}\\.dkr\\.ecr\\.[^/]+/");

  private final ContainerImages registry;
  private final UnpackedImages unpacked;
  private final Path directory;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param directory belongs to this object alone
   */
  public FunctionImages(ContainerImages registry, Path directory) {
    this.registry = registry;
    this.unpacked = new UnpackedImages(registry, directory.resolve("unpacked"));
    this.directory = directory;
  }

  /**
   * Finds and unpacks an image; the caller uses it from now on, until he releases it. One that
   * cannot be unpacked says so ({@link FunctionImage#problem()}).
   *
   * @param functionArn for which function Lambda asks
   * @throws AwsError InvalidParameterValueException or AccessDeniedException in Lambda's words when
   *     the registry does not give the image
   */
  public FunctionImage add(String uri, String functionArn) {
    ContainerImages.Image image = find(uri, functionArn);
    Path folder = directory.resolve("use-" + taken.incrementAndGet());
    try {
      return FunctionImage.usable(uri, unpacked.unpacked(image), folder);
    } catch (ImageFailure e) {
      return FunctionImage.broken(uri, image.digest(), e.getMessage(), folder);
    }
  }

  private ContainerImages.Image find(String uri, String functionArn) {
    ContainerImages.Image image;
    try {
      image = registry.pull(uri, new Caller.ServicePrincipal(SERVICE, functionArn));
    } catch (AwsError e) {
      throw inLambdasWords(uri, e);
    }
    if (image.mediaType().contains("index") || image.mediaType().contains("manifest.list")) {
      throw unsupported(uri);
    }
    return image;
  }

  /**
   * Whether the registry still gives an image that a function was made from.
   *
   * @throws AwsError as {@link #add} does
   */
  public void requireThere(FunctionImage image, String functionArn) {
    find(image.resolvedUri(), functionArn);
  }

  private static AwsError inLambdasWords(String uri, AwsError error) {
    return switch (error.code()) {
      case "RepositoryNotFoundException", "ImageNotFoundException" ->
          invalid("Source image " + uri + " does not exist. Provide a valid source image.");
      case "AccessDeniedException" ->
          AwsError.accessDenied(
              "AccessDeniedException",
              "Lambda does not have permission to access the ECR image. Check the ECR"
                  + " permissions.");
      case "UnsupportedImageTypeException" -> unsupported(uri);
      case "NotImplemented" -> ANOTHER_ECR.matcher(uri).find() ? error : notValid(uri);
      case "InvalidParameterException" -> notValid(uri);
      default -> error;
    };
  }

  /** One manifest is wanted, not an index of several ("Working with container images"). */
  private static AwsError unsupported(String uri) {
    return invalid(
        "The image manifest, config or layer media type for the source image "
            + uri
            + " is not supported.");
  }

  private static AwsError notValid(String uri) {
    return invalid("Source image " + uri + " is not valid. Provide a valid source image.");
  }

  private static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidParameterValueException", message);
  }

  @Override
  public void close() {
    unpacked.close();
  }
}
