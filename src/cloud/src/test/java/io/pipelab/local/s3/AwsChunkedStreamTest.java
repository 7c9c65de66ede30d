package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ChunkSignatures;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsChunkedStreamTest {
  private static AwsChunkedStream stream(String text) {
    return new AwsChunkedStream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
  }

  /** Lets what is signed {@code good} pass, and notes what it saw. */
  private static final class Signed implements ChunkSignatures {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void chunk(String signature, String sha256) {
      note("chunk", signature, sha256);
    }

    @Override
    public void trailers(String signature, String sha256) {
      note("trailers", signature, sha256);
    }

    private void note(String what, String signature, String sha256) {
      if (!signature.equals("good")) {
        throw AwsError.accessDenied("SignatureDoesNotMatch", what + " " + signature);
      }
      seen.add(what + " " + sha256.substring(0, 8));
    }
  }

  private static AwsChunkedStream signed(String text, Signed signatures) {
    return new AwsChunkedStream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), signatures);
  }

  @Test
  void eachChunkAndTheTrailersAreCheckedByWhatIsInThem() throws IOException {
    Signed signatures = new Signed();
    String body =
        "5;chunk-signature=good\r\nhello\r\n0;chunk-signature=good\r\n"
            + "x-amz-checksum-crc32:NhCmhg==\r\nx-amz-trailer-signature:good\r\n\r\n";
    assertEquals("hello", read(signed(body, signatures)));
    // SHA-256 of "hello", of nothing, and of "x-amz-checksum-crc32:NhCmhg==\n".
    assertEquals(List.of("chunk 2cf24dba", "chunk e3b0c442", "trailers 38e99211"), signatures.seen);
  }

  @Test
  void aWrongOrMissingSignatureRefusesTheBody() {
    for (String body :
        List.of(
            "5;chunk-signature=bad\r\nhello\r\n0;chunk-signature=good\r\n\r\n",
            "5\r\nhello\r\n0;chunk-signature=good\r\n\r\n",
            "5;chunk-signature=good\r\nhello\r\n0;chunk-signature=bad\r\n\r\n",
            "5;chunk-signature=good\r\nhello\r\n0;chunk-signature=good\r\na:b\r\n\r\n")) {
      AwsError refused = assertThrows(AwsError.class, () -> read(signed(body, new Signed())), body);
      assertEquals("SignatureDoesNotMatch", refused.code());
    }
  }

  private static String read(AwsChunkedStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void joinsSignedChunksAndReadsTrailers() throws IOException {
    AwsChunkedStream stream =
        stream(
            "5;chunk-signature=ab\r\nhello\r\n6;chunk-signature=cd\r\n world\r\n"
                + "0;chunk-signature=ef\r\nx-amz-checksum-crc32:DUoRhQ==\r\n"
                + "x-amz-trailer-signature:99\r\n\r\n");
    assertEquals("hello world", read(stream));
    assertEquals("DUoRhQ==", stream.trailer("x-amz-checksum-crc32"));
  }

  @Test
  void takesUnsignedChunksWithoutTrailers() throws IOException {
    assertEquals("hello", read(stream("5\r\nhello\r\n0\r\n\r\n")));
  }

  @Test
  void aBodyThatBreaksOffIsAnError() {
    assertThrows(EOFException.class, () -> read(stream("5\r\nhel")));
  }
}
