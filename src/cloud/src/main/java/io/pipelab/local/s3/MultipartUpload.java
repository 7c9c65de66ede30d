package io.pipelab.local.s3;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/**
 * An upload in parts that is under way.
 *
 * @param algorithm of the whole object's checksum
 * @param strict whether the client named the algorithm, so that every part's must be of it
 */
record MultipartUpload(
    String id,
    String key,
    Instant initiated,
    ObjectHeaders headers,
    Map<String, String> tags,
    ChecksumAlgorithm algorithm,
    ChecksumType checksumType,
    boolean strict,
    UploadParts parts) {

  static MultipartUpload start(
      String id,
      String key,
      Instant now,
      ObjectHeaders headers,
      Map<String, String> tags,
      ChecksumAlgorithm algorithm,
      ChecksumType checksumType,
      boolean strict) {
    return new MultipartUpload(
        id, key, now, headers, tags, algorithm, checksumType, strict, new UploadParts());
  }
}
