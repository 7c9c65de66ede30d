package io.pipelab.local.iam;

import java.security.SecureRandom;

/** IAM's unique identifiers: a four-letter prefix and seventeen characters. */
final class UniqueIds {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private UniqueIds() {}

  /** A new id, {@code AROA...} for a role, {@code ANPA...} for a managed policy. */
  static String next(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < 17; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
