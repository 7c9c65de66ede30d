package io.pipelab.local.ecr;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Content digests, {@code sha256:HEX}. */
final class Digests {
  private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}");

  private Digests() {}

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  static String of(byte[] content) {
    return text(sha256().digest(content));
  }

  /** The digest in text of a hash that is done. */
  static String text(MessageDigest done) {
    return text(done.digest());
  }

  private static String text(byte[] hash) {
    return "sha256:" + HexFormat.of().formatHex(hash);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
