package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The account's buckets. */
final class Buckets {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private final ConcurrentNavigableMap<String, Bucket> byName = new ConcurrentSkipListMap<>();
  private final Blobs blobs;

  Buckets(Blobs blobs) {
    this.blobs = blobs;
  }

  Blobs blobs() {
    return blobs;
  }

  /**
   * Creates a bucket; null when it was there already.
   *
   * @throws AwsError InvalidBucketName
   */
  @Nullable Bucket create(String name, Instant now) {
    if (!isValid(name)) {
      throw AwsError.badRequest("InvalidBucketName", "The specified bucket is not valid.");
    }
    Bucket bucket = new Bucket(name, now, blobs);
    return byName.putIfAbsent(name, bucket) == null ? bucket : null;
  }

  private static boolean isValid(String name) {
    return NAME.matcher(name).matches()
        && !ADDRESS.matcher(name).matches()
        && !name.contains("..")
        && !name.startsWith("xn--")
        && !name.endsWith("-s3alias");
  }

  /**
   * Finds a bucket.
   *
   * @throws AwsError NoSuchBucket
   */
  Bucket get(String name) {
    Bucket bucket = byName.get(name);
    if (bucket == null) {
      throw missing(name);
    }
    return bucket;
  }

  static AwsError missing(String name) {
    return AwsError.notFound("NoSuchBucket", "The specified bucket does not exist")
        .with("BucketName", name);
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * Deletes an empty bucket; uploads under way do not keep it.
   *
   * @throws AwsError NoSuchBucket, BucketNotEmpty
   */
  void delete(String name) {
    Bucket bucket = get(name);
    bucket.delete();
    byName.remove(name, bucket);
  }

  Collection<Bucket> all() {
    return byName.values();
  }
}
