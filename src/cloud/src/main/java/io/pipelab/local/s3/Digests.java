package io.pipelab.local.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** What is computed over bytes while they are stored: MD5, one checksum, and SHA-256 if asked. */
final class Digests {
  private final MessageDigest md5 = digest("MD5");
  private final ChecksumAlgorithm algorithm;
  private final @Nullable Checksum crc;
  private final @Nullable MessageDigest sha;
  private final @Nullable MessageDigest payload;
  private byte @Nullable [] md5Value;

  private Digests(ChecksumAlgorithm algorithm, boolean payloadHash) {
    this.algorithm = algorithm;
    this.crc = crc(algorithm);
    this.sha =
        switch (algorithm) {
          case SHA1 -> digest("SHA-1");
          case SHA256 -> digest("SHA-256");
          default -> null;
        };
    this.payload = payloadHash ? digest("SHA-256") : null;
  }

  static Digests of(ChecksumAlgorithm algorithm) {
    return new Digests(algorithm, false);
  }

  /** With the SHA-256 that a signature states of the whole body. */
  Digests withPayloadHash() {
    return new Digests(algorithm, true);
  }

  private static @Nullable Checksum crc(ChecksumAlgorithm algorithm) {
    return switch (algorithm) {
      case CRC32 -> new CRC32();
      case CRC32_C -> new CRC32C();
      case CRC64_NVME -> new Crc64();
      default -> null;
    };
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void update(byte[] buffer, int count) {
    md5.update(buffer, 0, count);
    if (crc != null) {
      crc.update(buffer, 0, count);
    }
    if (sha != null) {
      sha.update(buffer, 0, count);
    }
    if (payload != null) {
      payload.update(buffer, 0, count);
    }
  }

  private byte[] md5() {
    if (md5Value == null) {
      md5Value = md5.digest();
    }
    return md5Value;
  }

  String md5Hex() {
    return HexFormat.of().formatHex(md5());
  }

  /** As the Content-MD5 header has it. */
  String md5Base64() {
    return Base64.getEncoder().encodeToString(md5());
  }

  /** The SHA-256 of the bytes in hexadecimal; only of digests with a payload hash. */
  String payloadHex() {
    return payload == null ? "" : HexFormat.of().formatHex(payload.digest());
  }

  ChecksumAlgorithm algorithm() {
    return algorithm;
  }

  /** The checksum in base64; call once. */
  String checksum() {
    byte[] value = new byte[0];
    if (crc != null) {
      byte[] eight = ByteBuffer.allocate(8).putLong(crc.getValue()).array();
      value = algorithm == ChecksumAlgorithm.CRC64_NVME ? eight : Arrays.copyOfRange(eight, 4, 8);
    } else if (sha != null) {
      value = sha.digest();
    }
    return Base64.getEncoder().encodeToString(value);
  }
}
