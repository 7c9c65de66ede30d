package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class ObjectsIT {
  @TempDir Path directory;
  private S3Cloud cloud;
  private S3Client s3;

  @BeforeEach
  void start() {
    cloud = new S3Cloud(directory.resolve("s3"));
    s3 = cloud.client;
    s3.createBucket(r -> r.bucket("photos"));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private void put(String key, String text) {
    s3.putObject(r -> r.bucket("photos").key(key), RequestBody.fromString(text));
  }

  private String get(String key) {
    return s3.getObjectAsBytes(r -> r.bucket("photos").key(key)).asUtf8String();
  }

  @Test
  void whatIsPutCanBeGot() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    s3.putObject(
        r ->
            r.bucket("photos")
                .key("a b/ä+&//c/")
                .contentType("image/png")
                .cacheControl("no-cache")
                .metadata(Map.of("owner", "me")),
        RequestBody.fromBytes(bytes));
    var got = s3.getObjectAsBytes(r -> r.bucket("photos").key("a b/ä+&//c/"));
    assertArrayEquals(bytes, got.asByteArray());
    assertEquals("image/png", got.response().contentType());
    assertEquals("no-cache", got.response().cacheControl());
    assertEquals(Map.of("owner", "me"), got.response().metadata());
    // In real time, whatever the cloud's clock says.
    Instant modified = got.response().lastModified();
    assertTrue(
        Duration.between(modified, Instant.now()).abs().toMinutes() < 5, () -> "" + modified);
  }

  @Test
  void emptyObjectsAndMissingOnes() {
    put("empty", "");
    assertEquals("", get("empty"));
    assertThrows(NoSuchKeyException.class, () -> get("missing"));
    S3Exception head =
        assertThrows(
            S3Exception.class, () -> s3.headObject(r -> r.bucket("photos").key("missing")));
    assertEquals(404, head.statusCode());
    assertThrows(
        NoSuchBucketException.class, () -> s3.getObjectAsBytes(r -> r.bucket("nope").key("k")));
  }

  @Test
  void rangesAndHeads() {
    put("k", "0123456789");
    GetObjectResponse some =
        s3.getObjectAsBytes(r -> r.bucket("photos").key("k").range("bytes=2-4")).response();
    assertEquals("bytes 2-4/10", some.contentRange());
    assertEquals(
        "789",
        s3.getObjectAsBytes(r -> r.bucket("photos").key("k").range("bytes=-3")).asUtf8String());
    S3Exception beyond =
        assertThrows(
            S3Exception.class,
            () -> s3.getObjectAsBytes(r -> r.bucket("photos").key("k").range("bytes=10-")));
    assertEquals("InvalidRange", beyond.awsErrorDetails().errorCode());
    HeadObjectResponse head = s3.headObject(r -> r.bucket("photos").key("k"));
    assertEquals(10, head.contentLength());
    assertEquals("\"781e5e245d69b566979b86e28d23f2c7\"", head.eTag());
  }

  @Test
  void checksumsAreKeptAndWrongOnesRefused() {
    put("default", "hello");
    HeadObjectResponse crc32 =
        s3.headObject(r -> r.bucket("photos").key("default").checksumMode(ChecksumMode.ENABLED));
    assertEquals("NhCmhg==", crc32.checksumCRC32());
    s3.putObject(
        r -> r.bucket("photos").key("sha").checksumAlgorithm(ChecksumAlgorithm.SHA256),
        RequestBody.fromString("hello"));
    assertEquals(
        "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
        s3.headObject(r -> r.bucket("photos").key("sha").checksumMode(ChecksumMode.ENABLED))
            .checksumSHA256());
    S3Exception wrong =
        assertThrows(
            S3Exception.class,
            () ->
                s3.putObject(
                    r -> r.bucket("photos").key("wrong").checksumCRC32("AAAAAA=="),
                    RequestBody.fromString("hello")));
    assertEquals("BadDigest", wrong.awsErrorDetails().errorCode());
    assertThrows(NoSuchKeyException.class, () -> get("wrong"));
  }

  @Test
  void conditionalWritesAndReads() {
    s3.putObject(r -> r.bucket("photos").key("k").ifNoneMatch("*"), RequestBody.fromString("1"));
    S3Exception exists =
        assertThrows(
            S3Exception.class,
            () ->
                s3.putObject(
                    r -> r.bucket("photos").key("k").ifNoneMatch("*"),
                    RequestBody.fromString("2")));
    assertEquals(412, exists.statusCode());
    String etag = s3.headObject(r -> r.bucket("photos").key("k")).eTag();
    S3Exception unchanged =
        assertThrows(
            S3Exception.class,
            () -> s3.getObjectAsBytes(r -> r.bucket("photos").key("k").ifNoneMatch(etag)));
    assertEquals(304, unchanged.statusCode());
    assertEquals("1", get("k"));
  }

  @Test
  void aWriteWithIfMatchReplacesThatVersionAlone() {
    assertEquals(404, refusedWrite("k", "\"0123\""));
    s3.putObject(r -> r.bucket("photos").key("k"), RequestBody.fromString("1"));
    String etag = s3.headObject(r -> r.bucket("photos").key("k")).eTag();
    assertEquals(412, refusedWrite("k", "\"0123\""));
    assertEquals("1", get("k"));
    s3.putObject(r -> r.bucket("photos").key("k").ifMatch(etag), RequestBody.fromString("2"));
    assertEquals("2", get("k"));
    assertEquals(412, refusedWrite("k", etag));
    assertEquals("2", get("k"));
  }

  private int refusedWrite(String key, String etag) {
    S3Exception refused =
        assertThrows(
            S3Exception.class,
            () ->
                s3.putObject(
                    r -> r.bucket("photos").key(key).ifMatch(etag),
                    RequestBody.fromString("refused")));
    return refused.statusCode();
  }

  @Test
  void copiesKeepOrReplaceMetadata() {
    s3.putObject(
        r -> r.bucket("photos").key("from/ä").metadata(Map.of("a", "b")).tagging("t=u"),
        RequestBody.fromString("x"));
    s3.copyObject(
        r ->
            r.sourceBucket("photos")
                .sourceKey("from/ä")
                .destinationBucket("photos")
                .destinationKey("to"));
    assertEquals(Map.of("a", "b"), s3.headObject(r -> r.bucket("photos").key("to")).metadata());
    assertEquals(
        Tag.builder().key("t").value("u").build(),
        s3.getObjectTagging(r -> r.bucket("photos").key("to")).tagSet().get(0));
    s3.copyObject(
        r ->
            r.sourceBucket("photos")
                .sourceKey("to")
                .destinationBucket("photos")
                .destinationKey("to")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("c", "d")));
    assertEquals(Map.of("c", "d"), s3.headObject(r -> r.bucket("photos").key("to")).metadata());
    assertEquals("x", get("to"));
  }

  @Test
  void presignedUrlsWorkWithoutAnyHeader() throws Exception {
    put("secret", "shown");
    try (S3Presigner presigner = cloud.presigner()) {
      URI get =
          presigner
              .presignGetObject(
                  p ->
                      p.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(
                              r ->
                                  r.bucket("photos")
                                      .key("secret")
                                      .responseContentType("text/x-shown")))
              .url()
              .toURI();
      HttpResponse<String> answer = send(HttpRequest.newBuilder(get).build());
      assertEquals("shown", answer.body());
      assertEquals("text/x-shown", answer.headers().firstValue("Content-Type").orElse(""));
      URI put =
          presigner
              .presignPutObject(
                  p ->
                      p.signatureDuration(Duration.ofMinutes(5))
                          .putObjectRequest(r -> r.bucket("photos").key("uploaded")))
              .url()
              .toURI();
      HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("up");
      assertEquals(200, send(HttpRequest.newBuilder(put).PUT(body).build()).statusCode());
      assertEquals("up", get("uploaded"));
    }
    String old = "?X-Amz-Credential=k%2F20200101%2Fus-east-1%2Fs3%2Faws4_request";
    HttpResponse<String> expired =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        cloud.endpoint()
                            + "/photos/secret"
                            + old
                            + "&X-Amz-Date=20200101T000000Z&X-Amz-Expires=60"))
                .build());
    assertEquals(403, expired.statusCode());
    assertTrue(expired.body().contains("Request has expired"), expired.body());
  }

  @Test
  void everybodyReadsWhatAPolicyMakesPublicAndNothingElse() throws Exception {
    put("index.html", "hi");
    URI page = URI.create(cloud.endpoint() + "/photos/index.html");
    assertEquals(403, send(HttpRequest.newBuilder(page).build()).statusCode());
    s3.deletePublicAccessBlock(r -> r.bucket("photos"));
    s3.putBucketPolicy(
        r ->
            r.bucket("photos")
                .policy(
                    "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
                        + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::photos/*\"}}"));
    assertEquals("hi", send(HttpRequest.newBuilder(page).build()).body());
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("overwritten");
    assertEquals(403, send(HttpRequest.newBuilder(page).PUT(body).build()).statusCode());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theStorePortReadsObjects() throws IOException {
    put("code.zip", "PK");
    try (var stream = cloud.service.open("photos", "code.zip", null)) {
      assertEquals("PK", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void replacedAndDeletedObjectsLeaveNoFiles() throws IOException {
    put("k", "1");
    put("k", "2");
    assertEquals(1, files());
    s3.deleteObject(r -> r.bucket("photos").key("k"));
    assertEquals(0, files());
    put("k", "3");
    cloud.close();
    assertEquals(0, files());
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("s3"))) {
      return files.count();
    }
  }

  @Test
  void whatIsNotImplementedFailsByName() {
    S3Exception kms =
        assertThrows(
            S3Exception.class,
            () ->
                s3.putObject(
                    r -> r.bucket("photos").key("k").serverSideEncryption("aws:kms:dsse"),
                    RequestBody.fromString("x")));
    assertTrue(kms.awsErrorDetails().errorMessage().contains("aws:kms:dsse"));
    S3Exception website =
        assertThrows(S3Exception.class, () -> s3.deleteBucketWebsite(r -> r.bucket("photos")));
    assertEquals(501, website.statusCode());
    assertTrue(website.awsErrorDetails().errorMessage().contains("s3:DeleteBucketWebsite"));
    assertNull(s3.getObjectTagging(r -> r.bucket("photos").key(putAnd("tagged"))).versionId());
  }

  private String putAnd(String key) {
    put(key, "x");
    return key;
  }
}
