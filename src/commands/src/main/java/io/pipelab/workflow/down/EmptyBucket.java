package io.pipelab.workflow.down;

import io.pipelab.target.Failure;
import io.pipelab.workflow.step.Progress;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Removes everything from a bucket: objects, all their versions, delete markers, unfinished
 * uploads.
 */
final class EmptyBucket {
  private final S3Client s3;

  EmptyBucket(S3Client s3) {
    this.s3 = s3;
  }

  void empty(String bucket, Progress progress) {
    try {
      int removed = 0;
      for (ListObjectVersionsResponse page :
          s3.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
        removed += remove(bucket, identifiers(page));
      }
      for (MultipartUpload upload :
          s3.listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads()) {
        s3.abortMultipartUpload(
            request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        removed++;
      }
      if (removed > 0) {
        progress.note("bucket " + bucket + ": " + removed + " objects removed");
      }
    } catch (NoSuchBucketException e) {
      progress.note("bucket " + bucket + " is not there");
    }
  }

  private static List<ObjectIdentifier> identifiers(ListObjectVersionsResponse page) {
    return Stream.concat(
            page.versions().stream().map(v -> identifier(v.key(), v.versionId())),
            page.deleteMarkers().stream().map(m -> identifier(m.key(), m.versionId())))
        .toList();
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }

  private int remove(String bucket, List<ObjectIdentifier> objects) {
    if (objects.isEmpty()) {
      return 0;
    }
    List<S3Error> errors =
        s3.deleteObjects(
                request -> request.bucket(bucket).delete(d -> d.objects(objects).quiet(true)))
            .errors();
    if (!errors.isEmpty()) {
      S3Error first = errors.get(0);
      throw new Failure(
          Failure.Kind.REFUSED,
          errors.size() + " objects of bucket " + bucket + " could not be removed",
          first.key() + ": " + first.code() + " " + first.message(),
          "remove what protects them, then run the same 'pipelab down' again");
    }
    return objects.size();
  }
}
