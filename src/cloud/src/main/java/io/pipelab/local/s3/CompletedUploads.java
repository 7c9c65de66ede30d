package io.pipelab.local.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;

/**
 * The uploads that were completed last: a client that completes one again, because the answer got
 * lost, hears the same (recorded against AWS; how long it remembers is not documented).
 */
final class CompletedUploads {
  private static final int MOST = 1_000;

  private record Key(Bucket bucket, String key, String uploadId) {}

  private final Map<Key, CompleteMultipartUploadResponse> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Key, CompleteMultipartUploadResponse> eldest) {
          return size() > MOST;
        }
      };

  synchronized void put(
      Bucket bucket, MultipartUpload upload, CompleteMultipartUploadResponse answer) {
    answers.put(new Key(bucket, upload.key(), upload.id()), answer);
  }

  synchronized @Nullable CompleteMultipartUploadResponse get(
      Bucket bucket, String key, @Nullable String uploadId) {
    return uploadId == null ? null : answers.get(new Key(bucket, key, uploadId));
  }
}
