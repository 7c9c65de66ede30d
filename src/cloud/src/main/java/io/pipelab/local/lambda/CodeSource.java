package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ObjectStore;
import io.pipelab.local.lambda.execution.DeploymentPackage;
import io.pipelab.local.lambda.execution.DeploymentPackages;
import io.pipelab.local.lambda.execution.FunctionImage;
import io.pipelab.local.lambda.execution.FunctionImages;
import io.pipelab.local.lambda.execution.LayeredCode;
import io.pipelab.local.lambda.execution.StoredCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.FunctionCodeLocation;

/** Fetches a function's code from where a request says it is. */
final class CodeSource {
  private static final int MAX_DIRECT_BYTES = 52_428_800;

  private final DeploymentPackages packages;
  private final FunctionImages images;
  private final ObjectStore objects;

  CodeSource(DeploymentPackages packages, FunctionImages images, ObjectStore objects) {
    this.packages = packages;
    this.images = images;
    this.objects = objects;
  }

  /**
   * Stores the code.
   *
   * @param functionArn the function that it is for
   * @throws AwsError InvalidParameterValueException when there is none, or it is not a usable
   *     archive or image
   */
  StoredCode fetch(@Nullable FunctionCode code, String functionArn) {
    if (code == null) {
      throw Errors.missing("code");
    }
    if (code.imageUri() != null) {
      return images.add(code.imageUri(), functionArn);
    }
    return archive(code);
  }

  /**
   * Stores an archive, a function's or a layer's.
   *
   * @throws AwsError InvalidParameterValueException when there is none, or it is not usable
   */
  DeploymentPackage archive(FunctionCode code) {
    if (code.zipFile() != null) {
      byte[] zip = code.zipFile().asByteArrayUnsafe();
      if (zip.length > MAX_DIRECT_BYTES) {
        throw AwsError.of(
            "RequestEntityTooLargeException",
            413,
            "Request must be smaller than " + MAX_DIRECT_BYTES + " bytes; upload it to S3");
      }
      return packages.add(new ByteArrayInputStream(zip));
    }
    if (code.s3Bucket() == null || code.s3Key() == null) {
      throw Errors.invalid("Please provide a source for function code.");
    }
    return fromObject(code.s3Bucket(), code.s3Key(), code.s3ObjectVersion());
  }

  /**
   * Looks whether a function's image is still where it was taken from.
   *
   * @throws AwsError InvalidParameterValueException, AccessDeniedException
   */
  void requireThere(FunctionImage image, String functionArn) {
    images.requireThere(image, functionArn);
  }

  /** Where a function's code is, as GetFunction tells it. */
  static FunctionCodeLocation location(StoredCode code) {
    FunctionCodeLocation.Builder location = FunctionCodeLocation.builder();
    if (code instanceof FunctionImage image) {
      return location
          .repositoryType("ECR")
          .imageUri(image.uri())
          .resolvedImageUri(image.resolvedUri())
          .build();
    }
    DeploymentPackage archive =
        code instanceof LayeredCode layered ? layered.archive() : (DeploymentPackage) code;
    return location.repositoryType("S3").location(archive.zip().toUri().toString()).build();
  }

  private DeploymentPackage fromObject(String bucket, String key, @Nullable String version) {
    try (InputStream zip = objects.open(bucket, key, version)) {
      return packages.add(zip);
    } catch (AwsError e) {
      if (e.code().startsWith("NoSuch")) {
        throw Errors.invalid(
            "Error occurred while GetObject. S3 Error Code: "
                + e.code()
                + ". S3 Error Message: "
                + e.getMessage());
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read s3://" + bucket + "/" + key, e);
    }
  }
}
