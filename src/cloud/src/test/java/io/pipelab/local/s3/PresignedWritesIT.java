package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads by presigned URLs, as a client with a key of its own making writes them. */
class PresignedWritesIT {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private S3Cloud cloud;

  @BeforeEach
  void start(@TempDir Path directory) {
    cloud = new S3Cloud(directory.resolve("s3"));
    cloud.client.createBucket(r -> r.bucket("bucket"));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void metadataOfTheQueryAreKept() throws Exception {
    assertEquals(200, put("a", "host", "&x-amz-meta-colour=red%20one", Map.of()).statusCode());
    assertEquals(
        Map.of("colour", "red one"),
        cloud.client.headObject(r -> r.bucket("bucket").key("a")).metadata());
  }

  @Test
  void aSignedHeaderMustBeSent() throws Exception {
    HttpResponse<String> refused = put("b", "content-type;host", "", Map.of());
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("<Code>SignatureDoesNotMatch</Code>"), refused.body());
    Map<String, String> type = Map.of("Content-Type", "text/x");
    assertEquals(200, put("b", "content-type;host", "", type).statusCode());
    assertEquals("text/x", cloud.client.headObject(r -> r.bucket("bucket").key("b")).contentType());
  }

  @Test
  void anOptionThatWasNotSignedIsRefused() throws Exception {
    Map<String, String> header = Map.of("x-amz-meta-colour", "red");
    HttpResponse<String> refused = put("c", "host", "", header);
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("<Code>AccessDenied</Code>"), refused.body());
    assertTrue(
        refused.body().contains("There were headers present in the request which were not signed"),
        refused.body());
    assertTrue(
        refused.body().contains("<HeadersNotSigned>x-amz-meta-colour</HeadersNotSigned>"),
        refused.body());
    assertEquals(200, put("c", "host;x-amz-meta-colour", "", header).statusCode());
    assertEquals(
        Map.of("colour", "red"),
        cloud.client.headObject(r -> r.bucket("bucket").key("c")).metadata());
  }

  private HttpResponse<String> put(
      String key, String signedHeaders, String more, Map<String, String> headers) throws Exception {
    String date = BASIC.format(Instant.now());
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F"
            + date.substring(0, 8)
            + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date="
            + date
            + "&X-Amz-Expires=300&X-Amz-SignedHeaders="
            + signedHeaders.replace(";", "%3B")
            + "&X-Amz-Signature=00"
            + more;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/bucket/" + key + "?" + query))
            .PUT(HttpRequest.BodyPublishers.ofString("x"));
    headers.forEach(request::header);
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
