package io.pipelab.local.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object, or a delete marker.
 *
 * @param id {@code null} as text in a bucket that keeps no versions
 * @param object null for a delete marker
 */
record ObjectVersion(String key, String id, Instant lastModified, @Nullable StoredObject object) {
  static final String NULL = "null";

  boolean isDeleteMarker() {
    return object == null;
  }
}
