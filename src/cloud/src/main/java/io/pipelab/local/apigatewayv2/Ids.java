package io.pipelab.local.apigatewayv2;

import java.security.SecureRandom;

/** Identifiers as API Gateway makes them: lower-case letters and digits. */
final class Ids {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  static String api() {
    // The first is a letter: the id is a label of a host name.
    return ALPHABET.charAt(RANDOM.nextInt(26)) + random(9);
  }

  static String part() {
    return random(7);
  }

  static String deployment() {
    return random(6);
  }

  private static String random(int length) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
