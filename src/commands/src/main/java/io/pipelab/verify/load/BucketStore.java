package io.pipelab.verify.load;

import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps records in the lab's artifact bucket, one object each: there they are seen from every
 * machine, and are gone exactly when the lab is.
 */
public record BucketStore(S3Client s3, String bucket) implements RecordStore {
  @Override
  public List<String> keys(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  @Override
  public byte[] read(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
  }

  @Override
  public void write(String key, String json) {
    s3.putObject(
        put -> put.bucket(bucket).key(key).contentType("application/json"),
        RequestBody.fromString(json));
  }

  @Override
  public String place(String key) {
    return "s3://" + bucket + "/" + key;
  }
}
