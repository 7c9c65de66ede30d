package io.pipelab.local.ssm;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts SecureStrings for those who do not ask for the plain value. There is no KMS here: the
 * account's own key, {@code alias/aws/ssm}, is one that the cloud makes when it starts.
 */
final class Ciphers {
  static final String OWN_KEY = "alias/aws/ssm";

  private static final int KEY_BITS = 256;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  Ciphers() {
    try {
      KeyGenerator keys = KeyGenerator.getInstance("AES");
      keys.init(KEY_BITS, random);
      this.key = keys.generateKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  /**
   * The key of a SecureString.
   *
   * @throws AwsError NotImplemented for any but the account's own
   */
  static String keyId(@Nullable String given) {
    if (given != null && !given.equals(OWN_KEY)) {
      throw AwsError.notImplemented("KMS keys of SecureString parameters but " + OWN_KEY);
    }
    return OWN_KEY;
  }

  /** Base64 of nonce and cipher text. */
  String encrypt(String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] secret = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = new byte[NONCE_BYTES + secret.length];
      System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
      System.arraycopy(secret, 0, all, NONCE_BYTES, secret.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }
}
