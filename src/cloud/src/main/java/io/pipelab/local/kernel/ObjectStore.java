package io.pipelab.local.kernel;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Port to S3: how Lambda and CloudFormation read an object. */
public interface ObjectStore {
  /**
   * Opens an object.
   *
   * @param versionId a version, or null for the latest
   * @throws AwsError NoSuchBucket or NoSuchKey
   */
  InputStream open(String bucket, String key, @Nullable String versionId);
}
