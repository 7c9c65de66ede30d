package io.pipelab.local.wire.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that is derived from a secret access key for a day, a region and a service. */
final class SigningKey {
  private static final String HMAC = "HmacSHA256";
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] key;

  SigningKey(String secretAccessKey, Authorization.Scope scope) {
    byte[] secret = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
    this.key =
        mac(mac(mac(mac(secret, scope.date()), scope.region()), scope.service()), "aws4_request");
  }

  /** A signature in hexadecimal. */
  String sign(String text) {
    return HEX.formatHex(mac(key, text));
  }

  static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
