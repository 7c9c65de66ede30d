package io.pipelab.local.s3;

import java.nio.file.Path;

/**
 * Bytes on disk, an object's or a part's.
 *
 * @param size bytes
 * @param md5 hexadecimal
 */
record Blob(Path file, long size, String md5) {}
