package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import org.jspecify.annotations.Nullable;

/** ECR's errors with its own words. */
final class EcrErrors {
  private EcrErrors() {}

  static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidParameterException", message);
  }

  static AwsError invalid(String member, String regex) {
    return invalid(
        "Invalid parameter at '"
            + member
            + "' failed to satisfy constraint: 'must satisfy regular expression '"
            + regex
            + "''");
  }

  static AwsError repositoryNotFound(String name, String registry) {
    return AwsError.badRequest(
        "RepositoryNotFoundException",
        "The repository" + named(name) + " does not exist" + in(registry));
  }

  static AwsError repositoryExists(String name, String registry) {
    return AwsError.badRequest(
        "RepositoryAlreadyExistsException",
        "The repository" + named(name) + " already exists" + in(registry));
  }

  static AwsError repositoryNotEmpty(String name, String registry) {
    return AwsError.badRequest(
        "RepositoryNotEmptyException",
        "The repository"
            + named(name)
            + inShort(registry)
            + " cannot be deleted because it still contains images");
  }

  static AwsError imageNotFound(
      @Nullable String digest, @Nullable String tag, String repository, String registry) {
    return AwsError.badRequest(
        "ImageNotFoundException",
        "The image with imageId {imageDigest:'"
            + digest
            + "', imageTag:'"
            + tag
            + "'} does not exist within the repository"
            + named(repository)
            + in(registry));
  }

  static AwsError imageExists(String digest, @Nullable String tag, String name, String registry) {
    return AwsError.badRequest(
        "ImageAlreadyExistsException",
        "Image with digest '"
            + digest
            + "' and tag '"
            + tag
            + "' already exists in the repository"
            + named(name)
            + inShort(registry));
  }

  static AwsError tagImmutable(String tag, String repository) {
    return AwsError.badRequest(
        "ImageTagAlreadyExistsException",
        "The image tag '"
            + tag
            + "' already exists in the '"
            + repository
            + "' repository and cannot be overwritten because the repository is immutable.");
  }

  static AwsError noPolicy(String kind, String code, String repository, String registry) {
    return AwsError.badRequest(
        code,
        kind + " policy does not exist for the repository" + named(repository) + in(registry));
  }

  private static String named(String repository) {
    return " with name '" + repository + "'";
  }

  private static String in(String registry) {
    return " in the registry with id '" + registry + "'";
  }

  /** Some of ECR's texts have no article here. */
  private static String inShort(String registry) {
    return " in registry with id '" + registry + "'";
  }
}
