package io.pipelab.local.iam;

import java.security.SecureRandom;
import java.util.Base64;

/** IAM's unique identifiers: a four-letter prefix and seventeen characters. */
final class UniqueIds {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private UniqueIds() {}

  /** A new id, {@code AROA...} for a role, {@code ANPA...} for a managed policy. */
  static String next(String prefix) {
    return prefix + characters(17);
  }

  /** The id of a long-term access key: {@code AKIA} and sixteen characters. */
  static String accessKeyId() {
    return "AKIA" + characters(16);
  }

  /** A secret access key: forty characters. */
  static String secret() {
    byte[] noise = new byte[30];
    RANDOM.nextBytes(noise);
    return Base64.getEncoder().encodeToString(noise);
  }

  private static String characters(int count) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < count; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
