package io.pipelab.local.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object, or a delete marker.
 *
 * @param id {@code null} as text in a bucket that keeps no versions
 * @param object null for a delete marker
 * @param sequencer hexadecimal, drawn while the bucket is locked: of two changes of one key the
 *     later has the greater
 */
record ObjectVersion(
    String key, String id, Instant lastModified, @Nullable StoredObject object, String sequencer) {
  static final String NULL = "null";

  boolean isDeleteMarker() {
    return object == null;
  }
}
