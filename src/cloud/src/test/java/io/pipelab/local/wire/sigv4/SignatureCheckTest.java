package io.pipelab.local.wire.sigv4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures of AWS's own "Signature Version 4 test suite" and of the S3 API Reference
 * ("Authenticating Requests: Using Query Parameters"), and what is refused of them.
 */
class SignatureCheckTest {
  private static final AccessKey.Secret SUITE =
      new AccessKey.Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
  private static final Instant SIGNED = Instant.parse("2015-08-30T12:36:00Z");

  private static final AccessKey.Secret S3 =
      new AccessKey.Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);
  private static final Instant PRESIGNED = Instant.parse("2013-05-24T00:00:00Z");
  private static final String PRESIGNED_CALL =
      "GET /test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
          + "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
          + "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
          + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404 HTTP/1.1\n"
          + "Host:examplebucket.s3.amazonaws.com";

  private static final String VANILLA =
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

  private static void verify(
      String call, AccessKey.Secret secret, @Nullable String body, Instant now) {
    new SignatureCheck(Clock.fixed(now, ZoneOffset.UTC))
        .verify(
            WrittenCall.parse(call),
            secret,
            body == null ? null : body.getBytes(StandardCharsets.UTF_8));
  }

  private static String call(String line, String headers, String signed, String signature) {
    String more = headers.isEmpty() ? "" : headers.replace('|', '\n') + "\n";
    return line
        + " HTTP/1.1\nHost:example.amazonaws.com\n"
        + more
        + "X-Amz-Date:20150830T123600Z\nAuthorization: AWS4-HMAC-SHA256"
        + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
        + signed
        + ", Signature="
        + signature;
  }

  private static String vanilla() {
    return call("GET /", "", "host;x-amz-date", VANILLA);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          get-vanilla, GET /, '', host;x-amz-date, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-vanilla-empty-query-key, GET /?Param1=value1, '', host;x-amz-date, a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb
          get-vanilla-query-order-key-case, GET /?Param2=value2&Param1=value1, '', host;x-amz-date, b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
          get-vanilla-query-order-value, GET /?Param1=value2&Param1=value1, '', host;x-amz-date, 5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694
          get-vanilla-utf8-query, GET /?ሴ=bar, '', host;x-amz-date, 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04
          get-utf8, GET /ሴ, '', host;x-amz-date, 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85
          get-relative-relative, GET /example1/example2/../.., '', host;x-amz-date, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-slash-pointless-dot, GET /./example, '', host;x-amz-date, ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5
          get-slashes, GET //example//, '', host;x-amz-date, 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84
          get-space, GET /example space/, '', host;x-amz-date, 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741
          get-header-key-duplicate, GET /, My-Header1:value2|My-Header1:value2|My-Header1:value1, host;my-header1;x-amz-date, c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea
          get-header-value-trim, GET /, 'My-Header1: value1|My-Header2: "a   b   c"', host;my-header1;my-header2;x-amz-date, acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736
          post-vanilla, POST /, '', host;x-amz-date, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
          post-header-value-case, POST /, My-Header1:VALUE1, host;my-header1;x-amz-date, cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
          """)
  void theSuitesSignaturesAreRight(
      String name, String line, String headers, String signed, String signature) {
    verify(call(line, headers, signed, signature), SUITE, "", SIGNED);
    String other = signature.replace('5', '6');
    refused("SignatureDoesNotMatch", call(line, headers, signed, other), "", SIGNED);
  }

  @Test
  void theBodyIsSigned() {
    String call =
        call(
            "POST /",
            "Content-Type:application/x-www-form-urlencoded",
            "content-type;host;x-amz-date",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    verify(call, SUITE, "Param1=value1", SIGNED);
    refused("SignatureDoesNotMatch", call, "Param1=value2", SIGNED);
  }

  @Test
  void aSignatureIsGoodForAQuarterOfAnHourToBothSides() {
    verify(vanilla(), SUITE, "", SIGNED.plus(Duration.ofMinutes(15)));
    verify(vanilla(), SUITE, "", SIGNED.minus(Duration.ofMinutes(15)));
    AwsError late =
        refused("RequestTimeTooSkewed", vanilla(), "", SIGNED.plus(Duration.ofSeconds(901)));
    assertEquals(
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z"
            + " (20150830T125101Z - 15 min.)",
        late.getMessage());
    AwsError early =
        refused("RequestTimeTooSkewed", vanilla(), "", SIGNED.minus(Duration.ofSeconds(901)));
    assertEquals(
        "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z"
            + " (20150830T122059Z + 15 min.)",
        early.getMessage());
    assertEquals(403, early.status());
  }

  @Test
  void aPresignedRequestIsGoodAsLongAsItSays() {
    verify(PRESIGNED_CALL, S3, null, PRESIGNED);
    verify(PRESIGNED_CALL, S3, null, PRESIGNED.plusSeconds(86_400));
    AwsError late =
        assertThrows(
            AwsError.class, () -> verify(PRESIGNED_CALL, S3, null, PRESIGNED.plusSeconds(86_401)));
    assertEquals("RequestExpired", late.code());
    assertThrows(
        AwsError.class,
        () -> verify(PRESIGNED_CALL.replace("86400", "86401"), S3, null, PRESIGNED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/service/aws4_request, Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/service/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/service, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/1/r/s/aws4_request, SignedHeaders=x-amz-date, Signature=0",
        "AWS4-HMAC-SHA512 Credential=A/1/r/s/aws4_request, SignedHeaders=host, Signature=00",
        "nonsense",
      })
  void whatIsNotWholeIsIncomplete(String authorization) {
    String call =
        "GET / HTTP/1.1\nHost:example.amazonaws.com\nX-Amz-Date:20150830T123600Z\nAuthorization: "
            + authorization;
    AwsError error = refused("IncompleteSignature", call, "", SIGNED);
    assertEquals(400, error.status());
  }

  @Test
  void aSignatureWithoutADateIsIncomplete() {
    String call = vanilla().replace("X-Amz-Date:20150830T123600Z\n", "");
    AwsError error = refused("IncompleteSignature", call, "", SIGNED);
    assertTrue(error.getMessage().contains("X-Amz-Date"), error.getMessage());
  }

  private static AwsError refused(String code, String call, String body, Instant now) {
    AwsError error = assertThrows(AwsError.class, () -> verify(call, SUITE, body, now));
    assertEquals(code, error.code());
    return error;
  }
}
