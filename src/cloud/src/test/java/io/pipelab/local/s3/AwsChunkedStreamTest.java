package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AwsChunkedStreamTest {
  private static AwsChunkedStream stream(String text) {
    return new AwsChunkedStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
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
