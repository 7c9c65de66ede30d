package io.pipelab.local.s3;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Checksum;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/**
 * An object's or part's checksum.
 *
 * @param value base64; of a composite one with {@code -N} behind, N the number of parts
 */
record ObjectChecksum(ChecksumAlgorithm algorithm, String value, ChecksumType type) {
  private static final Map<ChecksumAlgorithm, String> HEADERS =
      Map.of(
          ChecksumAlgorithm.CRC32, "x-amz-checksum-crc32",
          ChecksumAlgorithm.CRC32_C, "x-amz-checksum-crc32c",
          ChecksumAlgorithm.CRC64_NVME, "x-amz-checksum-crc64nvme",
          ChecksumAlgorithm.SHA1, "x-amz-checksum-sha1",
          ChecksumAlgorithm.SHA256, "x-amz-checksum-sha256");

  /** The header, or trailer, that carries a checksum of that algorithm. */
  static String header(ChecksumAlgorithm algorithm) {
    return HEADERS.getOrDefault(algorithm, "");
  }

  /** The algorithm whose checksum a header or trailer of that name carries, or null. */
  static @Nullable ChecksumAlgorithm algorithm(@Nullable String header) {
    String name = header == null ? "" : header.trim().toLowerCase(Locale.ROOT);
    for (Map.Entry<ChecksumAlgorithm, String> each : HEADERS.entrySet()) {
      if (each.getValue().equals(name)) {
        return each.getKey();
      }
    }
    return null;
  }

  String header() {
    return header(algorithm);
  }

  /** As GetObjectAttributes shows it. */
  Checksum shape() {
    return Checksum.builder()
        .checksumType(type)
        .checksumCRC32(of(ChecksumAlgorithm.CRC32))
        .checksumCRC32C(of(ChecksumAlgorithm.CRC32_C))
        .checksumCRC64NVME(of(ChecksumAlgorithm.CRC64_NVME))
        .checksumSHA1(of(ChecksumAlgorithm.SHA1))
        .checksumSHA256(of(ChecksumAlgorithm.SHA256))
        .build();
  }

  /** The value, or null when it is of another algorithm. */
  @Nullable String of(ChecksumAlgorithm wanted) {
    return algorithm == wanted ? value : null;
  }
}
