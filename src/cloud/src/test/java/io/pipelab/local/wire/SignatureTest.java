package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class SignatureTest {
  @Test
  void readsTheScopeOfVersionFour() {
    assertEquals(
        new Signature("AKID", "eu-west-1", "sqs"),
        Signature.of(
            "AWS4-HMAC-SHA256 Credential=AKID/20310506/eu-west-1/sqs/aws4_request,"
                + " SignedHeaders=host, Signature=00",
            null));
  }

  @Test
  void readsPresignedQueries() {
    assertEquals(
        new Signature("AKID", "us-east-1", "s3"),
        Signature.of(null, "a=b&X-Amz-Credential=AKID%2F20310506%2Fus-east-1%2Fs3%2Faws4_request"));
    assertEquals(
        new Signature("AKID", "", "s3"), Signature.of(null, "AWSAccessKeyId=AKID&Signature=x"));
  }

  @Test
  void otherAuthorizationIsNoSignature() {
    assertNull(Signature.of("Basic QVdTOng=", null));
    assertNull(Signature.of(null, "a=b"));
    assertNull(Signature.of("AWS4-HMAC-SHA256 nonsense", null));
  }
}
