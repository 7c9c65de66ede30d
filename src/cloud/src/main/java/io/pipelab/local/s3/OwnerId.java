package io.pipelab.local.s3;

import io.pipelab.local.kernel.CloudIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The canonical user id by which S3 names an account: 64 hexadecimal digits. */
final class OwnerId {
  private OwnerId() {}

  static String of(CloudIdentity identity) {
    try {
      byte[] account = identity.account().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(account));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
