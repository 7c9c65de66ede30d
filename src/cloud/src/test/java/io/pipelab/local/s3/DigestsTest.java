package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

class DigestsTest {
  /** The check value that catalogues of CRCs state for the text 123456789. */
  @Test
  void crc64IsTheNvmeOne() {
    Crc64 crc = new Crc64();
    byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
    crc.update(bytes, 0, bytes.length);
    assertEquals("ae8b14860a799888", Long.toHexString(crc.getValue()));
  }

  @Test
  void checksumsAreBigEndianInBase64() {
    Digests digests = Digests.of(ChecksumAlgorithm.CRC32).withPayloadHash();
    byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
    digests.update(bytes, bytes.length);
    assertEquals("NhCmhg==", digests.checksum());
    assertEquals("5d41402abc4b2a76b9719d911017c592", digests.md5Hex());
    assertEquals("XUFAKrxLKna5cZ2REBfFkg==", digests.md5Base64());
    assertEquals("2cf24dba5fb0a30e26e83b2ac5b9e29e", digests.payloadHex().substring(0, 32));
  }
}
