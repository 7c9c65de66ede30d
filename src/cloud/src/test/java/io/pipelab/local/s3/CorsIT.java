package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.door.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Web pages that a bucket's CORS configuration lets in, and others. */
class CorsIT {
  private static final String SIGNED =
      "X-Amz-Credential=x%2F20260101%2Fus-east-1%2Fs3%2Faws4_request";

  private S3Cloud cloud;

  @BeforeEach
  void start(@TempDir Path folder) {
    cloud = new S3Cloud(folder);
    cloud.client.createBucket(r -> r.bucket("bucket"));
    cloud.client.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("content"));
    cloud.client.putBucketCors(
        r ->
            r.bucket("bucket")
                .corsConfiguration(
                    c ->
                        c.corsRules(
                            rule("https://*.friend.example", "GET"),
                            rule("http://app.example:3000", "GET", "PUT"))));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private static CORSRule rule(String origin, String... methods) {
    return CORSRule.builder()
        .allowedOrigins(origin)
        .allowedMethods(methods)
        .allowedHeaders("x-amz-*")
        .exposeHeaders("ETag")
        .maxAgeSeconds(60)
        .build();
  }

  private RawHttp send(String method, String path, String headers) throws IOException {
    return RawHttp.send(
        cloud.endpoint(), method + " " + path + " HTTP/1.1\nHost: localhost\n" + headers, "");
  }

  private static boolean lets(RawHttp answer, String origin) {
    return answer
        .head()
        .toLowerCase(Locale.ROOT)
        .contains("access-control-allow-origin: " + origin + "\r\n");
  }

  @Test
  void itsOriginReads() throws IOException {
    String origin = "https://www.friend.example";
    RawHttp read =
        send("GET", "/bucket/k?" + SIGNED, "Sec-Fetch-Site: cross-site\nOrigin: " + origin);
    assertEquals(200, read.status(), read.toString());
    assertEquals("content", read.body());
    assertTrue(lets(read, origin), read.head());
    RawHttp listed =
        send(
            "GET",
            "/bucket?list-type=2",
            "Authorization: AWS4-HMAC-SHA256 Credential="
                + "x/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\nOrigin: "
                + origin);
    assertEquals(200, listed.status(), listed.toString());
    assertTrue(lets(listed, origin), "actions, too: " + listed.head());
  }

  @Test
  void othersDoNot() throws IOException {
    for (String origin : new String[] {"https://evil.example", "null", "https://friend.example"}) {
      RawHttp read = send("GET", "/bucket/k?" + SIGNED, "Origin: " + origin);
      assertEquals(403, read.status(), read.toString());
      assertFalse(read.head().toLowerCase(Locale.ROOT).contains("access-control"), read.head());
    }
    assertEquals(
        403, send("GET", "/bucket/k?" + SIGNED, "Sec-Fetch-Site: cross-site").status(), "an image");
    assertEquals(
        403, send("GET", "/other/k?" + SIGNED, "Origin: http://app.example:3000").status());
    assertEquals(
        403,
        send("PUT", "/bucket/new?" + SIGNED, "Origin: https://www.friend.example").status(),
        "a method that is not allowed");
  }

  @Test
  void preflightRequestsAreAnswered() throws IOException {
    String ask = "Origin: http://app.example:3000\nAccess-Control-Request-Method: PUT\n";
    RawHttp yes =
        send("OPTIONS", "/bucket/new?" + SIGNED, ask + "Access-Control-Request-Headers: X-Amz-A");
    assertEquals(200, yes.status(), yes.toString());
    assertTrue(lets(yes, "http://app.example:3000"), yes.head());
    String head = yes.head().toLowerCase(Locale.ROOT);
    assertTrue(head.contains("access-control-allow-methods: get, put"), head);
    assertTrue(head.contains("access-control-allow-headers: x-amz-a"), head);
    assertTrue(head.contains("access-control-max-age: 60"), head);
    assertEquals(
        403, send("OPTIONS", "/bucket/new", ask + "Access-Control-Request-Headers: x-b").status());
    assertEquals(403, send("OPTIONS", "/bucket/new", ask.replace("PUT", "DELETE")).status());
  }

  @Test
  void configurationsAreKeptAndChecked() {
    assertEquals(
        60, cloud.client.getBucketCors(r -> r.bucket("bucket")).corsRules().get(1).maxAgeSeconds());
    S3Exception refused =
        assertThrows(
            S3Exception.class,
            () ->
                cloud.client.putBucketCors(
                    r ->
                        r.bucket("bucket")
                            .corsConfiguration(c -> c.corsRules(rule("http://a", "PATCH")))));
    assertEquals("InvalidRequest", refused.awsErrorDetails().errorCode());
    cloud.client.deleteBucketCors(r -> r.bucket("bucket"));
    S3Exception gone =
        assertThrows(S3Exception.class, () -> cloud.client.getBucketCors(r -> r.bucket("bucket")));
    assertEquals("NoSuchCORSConfiguration", gone.awsErrorDetails().errorCode());
  }
}
