package io.pipelab.local.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The MD5 of message attributes by which clients check what they got (Amazon SQS Developer Guide,
 * "Calculating the MD5 message digest for message attributes").
 */
final class AttributeDigest {
  private AttributeDigest() {}

  /** The digest in lower-case hexadecimal. */
  static String md5(Map<String, MessageAttributeValue> attributes) {
    MessageDigest digest = digest();
    new TreeMap<>(attributes)
        .forEach(
            (name, value) -> {
              add(digest, name.getBytes(StandardCharsets.UTF_8));
              add(digest, value.dataType().getBytes(StandardCharsets.UTF_8));
              if (value.binaryValue() == null) {
                digest.update((byte) 1);
                add(digest, value.stringValue().getBytes(StandardCharsets.UTF_8));
              } else {
                digest.update((byte) 2);
                add(digest, value.binaryValue().asByteArrayUnsafe());
              }
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
