package io.pipelab.local.s3;

import io.pipelab.local.kernel.Caller;
import java.time.Instant;

/**
 * Something that happened to an object.
 *
 * @param name as event records have it: {@code ObjectCreated:Put}, {@code ObjectRemoved:Delete} ...
 * @param versioned whether the bucket keeps versions, so that the version's id means something
 */
record ObjectEvent(
    String name,
    Bucket bucket,
    ObjectVersion version,
    boolean versioned,
    Instant time,
    Caller caller) {}
