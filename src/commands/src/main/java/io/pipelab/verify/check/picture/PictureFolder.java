package io.pipelab.verify.check.picture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The pictures in a bucket. Each version of an object is fetched once, however often one looks. */
public final class PictureFolder {
  /** What never changes: an object's bytes are known by its ETag. */
  private static final Map<String, JpegFile> READ = new ConcurrentHashMap<>();

  private final S3Client s3;
  private final String bucket;

  PictureFolder(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** The objects below a prefix, by key. */
  Map<String, S3Object> below(String prefix) {
    Map<String, S3Object> objects = new LinkedHashMap<>();
    s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .filter(object -> !object.key().endsWith("/"))
        .forEach(object -> objects.put(object.key(), object));
    return objects;
  }

  /** What an object shows; broken when it is gone meanwhile. */
  JpegFile read(S3Object object) {
    String id = bucket + "/" + object.key() + "#" + object.eTag();
    JpegFile known = READ.get(id);
    if (known != null) {
      return known;
    }
    try {
      byte[] file = s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray();
      JpegFile read = JpegFile.of(file);
      READ.put(id, read);
      return read;
    } catch (NoSuchKeyException e) {
      return JpegFile.BROKEN;
    }
  }
}
