package io.pipelab.local.sqs.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An MD5, in 16 bytes rather than 32 characters: each message keeps one or two. */
public record Digest(long high, long low) {
  private static final HexFormat HEX = HexFormat.of();

  static Digest of(byte[] bytes) {
    ByteBuffer md5 = ByteBuffer.wrap(algorithm("MD5").digest(bytes));
    return new Digest(md5.getLong(), md5.getLong());
  }

  static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 of a text in lower-case hexadecimal: what deduplicates by content. */
  static String sha256(String text) {
    return HEX.formatHex(algorithm("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** In lower-case hexadecimal, as SQS answers it. */
  public String hex() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}
