package io.pipelab.local.s3;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/** An upload in parts that is under way. */
record MultipartUpload(
    String id,
    String key,
    Instant initiated,
    ObjectHeaders headers,
    Map<String, String> tags,
    ChecksumAlgorithm algorithm,
    ChecksumType checksumType,
    NavigableMap<Integer, UploadedPart> parts) {

  static MultipartUpload start(
      String id,
      String key,
      Instant now,
      ObjectHeaders headers,
      Map<String, String> tags,
      ChecksumAlgorithm algorithm,
      ChecksumType checksumType) {
    return new MultipartUpload(
        id, key, now, headers, tags, algorithm, checksumType, new ConcurrentSkipListMap<>());
  }
}
