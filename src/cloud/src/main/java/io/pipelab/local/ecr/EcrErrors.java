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
        "The repository with name '"
            + name
            + "' does not exist in the registry with id '"
            + registry
            + "'");
  }

  static AwsError repositoryExists(String name, String registry) {
    return AwsError.badRequest(
        "RepositoryAlreadyExistsException",
        "The repository with name '"
            + name
            + "' already exists in the registry with id '"
            + registry
            + "'");
  }

  static AwsError repositoryNotEmpty(String name, String registry) {
    return AwsError.badRequest(
        "RepositoryNotEmptyException",
        "The repository with name '"
            + name
            + "' in registry with id '"
            + registry
            + "' cannot be deleted because it still contains images");
  }

  static AwsError imageNotFound(
      @Nullable String digest, @Nullable String tag, String repository, String registry) {
    return AwsError.badRequest(
        "ImageNotFoundException",
        "The image with imageId {imageDigest:'"
            + digest
            + "', imageTag:'"
            + tag
            + "'} does not exist within the repository with name '"
            + repository
            + "' in the registry with id '"
            + registry
            + "'");
  }

  static AwsError imageExists(String digest, @Nullable String tag, String name, String registry) {
    return AwsError.badRequest(
        "ImageAlreadyExistsException",
        "Image with digest '"
            + digest
            + "' and tag '"
            + tag
            + "' already exists in the repository with name '"
            + name
            + "' in registry with id '"
            + registry
            + "'");
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
        kind
            + " policy does not exist for the repository with name '"
            + repository
            + "' in the registry with id '"
            + registry
            + "'");
  }
}
