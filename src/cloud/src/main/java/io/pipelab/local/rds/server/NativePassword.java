package io.pipelab.local.rds.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passwords as MySQL's mysql_native_password keeps and proves them. */
final class NativePassword {
  private NativePassword() {}

  /** What the server keeps: {@code *} and the hexadecimal SHA-1 of the password's SHA-1. */
  static String hash(String password) {
    byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
    return "*" + HexFormat.of().withUpperCase().formatHex(sha1(once));
  }

  /** What a client answers to a server's salt. */
  static byte[] proof(String password, byte[] salt) {
    byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
    byte[] twice = sha1(once);
    MessageDigest digest = sha1();
    digest.update(salt);
    byte[] mask = digest.digest(twice);
    byte[] proof = new byte[once.length];
    for (int i = 0; i < once.length; i++) {
      proof[i] = (byte) (once[i] ^ mask[i]);
    }
    return proof;
  }

  private static byte[] sha1(byte[] bytes) {
    return sha1().digest(bytes);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
