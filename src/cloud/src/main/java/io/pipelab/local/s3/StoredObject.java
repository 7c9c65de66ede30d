package io.pipelab.local.s3;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored under a version.
 *
 * @param etag without quotes
 * @param parts the parts of an object that was uploaded in parts, else empty
 */
record StoredObject(
    Blob blob,
    String etag,
    ObjectHeaders headers,
    @Nullable ObjectChecksum checksum,
    List<UploadedPart> parts,
    Map<String, String> tags) {

  long size() {
    return blob.size();
  }

  String quotedEtag() {
    return "\"" + etag + "\"";
  }

  StoredObject withTags(Map<String, String> replacement) {
    return new StoredObject(blob, etag, headers, checksum, parts, Map.copyOf(replacement));
  }
}
