package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Percent;
import org.jspecify.annotations.Nullable;

/**
 * The header x-amz-copy-source, {@code BUCKET/KEY?versionId=ID}, percent-encoded.
 *
 * @param versionId null for the newest
 */
record CopySource(String bucket, String key, @Nullable String versionId) {
  private static final String VERSION = "?versionId=";

  /**
   * Reads the header.
   *
   * @throws AwsError InvalidArgument
   */
  static CopySource of(String header) {
    int version = header.lastIndexOf(VERSION);
    String path = version < 0 ? header : header.substring(0, version);
    String decoded = Percent.decodePath(path);
    String plain = decoded.startsWith("/") ? decoded.substring(1) : decoded;
    int cut = plain.indexOf('/');
    if (cut <= 0 || cut == plain.length() - 1) {
      throw AwsError.badRequest(
          "InvalidArgument",
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    String id = version < 0 ? null : header.substring(version + VERSION.length());
    return new CopySource(plain.substring(0, cut), plain.substring(cut + 1), id);
  }
}
