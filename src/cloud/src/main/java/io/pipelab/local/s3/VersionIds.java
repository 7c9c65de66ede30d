package io.pipelab.local.s3;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes version ids and upload ids, opaque and URL-safe. */
final class VersionIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private VersionIds() {}

  static String next() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replace('-', '.');
  }
}
