package io.pipelab.local.s3;

import java.time.Instant;

/** One part of a multipart upload. */
record UploadedPart(int number, Blob blob, ObjectChecksum checksum, Instant lastModified) {
  String quotedEtag() {
    return "\"" + blob.md5() + "\"";
  }
}
