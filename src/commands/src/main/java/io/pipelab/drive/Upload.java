package io.pipelab.drive;

import java.nio.file.Path;

/**
 * A file that is to be put into a bucket.
 *
 * @param key where in the bucket
 * @param contentType its media type
 */
public record Upload(Path file, String key, String contentType) {}
