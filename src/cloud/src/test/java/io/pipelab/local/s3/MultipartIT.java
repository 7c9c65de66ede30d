package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class MultipartIT {
  private static final int FIVE_MIB = 5 << 20;

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

  private String begin() {
    return s3.createMultipartUpload(r -> r.bucket("photos").key("big").contentType("x/y"))
        .uploadId();
  }

  private CompletedPart part(String upload, int number, byte[] bytes) {
    UploadPartResponse done =
        s3.uploadPart(
            r -> r.bucket("photos").key("big").uploadId(upload).partNumber(number),
            RequestBody.fromBytes(bytes));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(done.eTag())
        .checksumCRC32(done.checksumCRC32())
        .build();
  }

  @Test
  void partsBecomeOneObject() {
    byte[] bytes = new byte[FIVE_MIB + 1000];
    new Random(2).nextBytes(bytes);
    String upload = begin();
    CompletedPart two = part(upload, 2, Arrays.copyOfRange(bytes, FIVE_MIB, bytes.length));
    CompletedPart one = part(upload, 1, Arrays.copyOf(bytes, FIVE_MIB));
    assertEquals(
        2, s3.listParts(r -> r.bucket("photos").key("big").uploadId(upload)).parts().size());
    S3Exception negative =
        assertThrows(
            S3Exception.class,
            () -> s3.listParts(r -> r.bucket("photos").key("big").uploadId(upload).maxParts(-42)));
    assertEquals("InvalidArgument", negative.awsErrorDetails().errorCode());
    String etag =
        s3.completeMultipartUpload(
                r ->
                    r.bucket("photos")
                        .key("big")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(one, two)))
            .eTag();
    assertTrue(etag.endsWith("-2\""), etag);
    var got = s3.getObjectAsBytes(r -> r.bucket("photos").key("big"));
    assertArrayEquals(bytes, got.asByteArray());
    assertEquals("x/y", got.response().contentType());
    HeadObjectResponse second =
        s3.headObject(
            r -> r.bucket("photos").key("big").partNumber(2).checksumMode(ChecksumMode.ENABLED));
    assertEquals(1000, second.contentLength());
    assertEquals(2, second.partsCount());
    assertThrows(
        NoSuchUploadException.class,
        () -> s3.listParts(r -> r.bucket("photos").key("big").uploadId(upload)));
  }

  @Test
  void wrongPartsAreRefused() {
    String upload = begin();
    CompletedPart one = part(upload, 1, new byte[10]);
    CompletedPart two = part(upload, 2, new byte[10]);
    assertEquals("EntityTooSmall", complete(upload, one, two));
    assertEquals("InvalidPartOrder", complete(upload, two, one));
    assertEquals("InvalidPart", complete(upload, one.toBuilder().eTag("\"0\"").build()));
  }

  private String complete(String upload, CompletedPart... parts) {
    return assertThrows(
            S3Exception.class,
            () ->
                s3.completeMultipartUpload(
                    r ->
                        r.bucket("photos")
                            .key("big")
                            .uploadId(upload)
                            .multipartUpload(m -> m.parts(parts))))
        .awsErrorDetails()
        .errorCode();
  }

  @Test
  void uploadsUnderWayAreListedAndAborted() {
    String upload = begin();
    part(upload, 1, new byte[10]);
    assertEquals(
        upload, s3.listMultipartUploads(r -> r.bucket("photos")).uploads().get(0).uploadId());
    s3.abortMultipartUpload(r -> r.bucket("photos").key("big").uploadId(upload));
    assertTrue(s3.listMultipartUploads(r -> r.bucket("photos")).uploads().isEmpty());
    s3.deleteBucket(r -> r.bucket("photos"));
  }

  @Test
  void partsAreCopiedFromObjects() {
    s3.putObject(r -> r.bucket("photos").key("from"), RequestBody.fromString("0123456789"));
    String upload = begin();
    String etag =
        s3.uploadPartCopy(
                r ->
                    r.sourceBucket("photos")
                        .sourceKey("from")
                        .copySourceRange("bytes=3-5")
                        .destinationBucket("photos")
                        .destinationKey("big")
                        .uploadId(upload)
                        .partNumber(1))
            .copyPartResult()
            .eTag();
    s3.completeMultipartUpload(
        r ->
            r.bucket("photos")
                .key("big")
                .uploadId(upload)
                .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(etag))));
    assertEquals("345", s3.getObjectAsBytes(r -> r.bucket("photos").key("big")).asUtf8String());
  }

  @Test
  void uploadsAreListedPageByPage() {
    List<String> begun = new ArrayList<>();
    for (String key : List.of("b", "a", "b", "c")) {
      begun.add(s3.createMultipartUpload(r -> r.bucket("photos").key(key)).uploadId());
    }
    List<String> listed = new ArrayList<>();
    String keyMarker = null;
    String idMarker = null;
    do {
      String key = keyMarker;
      String id = idMarker;
      ListMultipartUploadsResponse page =
          s3.listMultipartUploads(
              r -> r.bucket("photos").maxUploads(1).keyMarker(key).uploadIdMarker(id));
      assertEquals(1, page.uploads().size());
      listed.add(page.uploads().get(0).uploadId());
      keyMarker = page.nextKeyMarker();
      idMarker = page.nextUploadIdMarker();
    } while (keyMarker != null);
    assertEquals("a", keyOf(listed.get(0)));
    assertEquals(Set.copyOf(begun), Set.copyOf(listed));
    assertEquals(4, listed.size());
    assertEquals(
        List.of("c"),
        s3.listMultipartUploads(r -> r.bucket("photos").keyMarker("b")).uploads().stream()
            .map(MultipartUpload::key)
            .toList());
  }

  private String keyOf(String uploadId) {
    return s3.listMultipartUploads(r -> r.bucket("photos")).uploads().stream()
        .filter(each -> each.uploadId().equals(uploadId))
        .map(MultipartUpload::key)
        .findFirst()
        .orElseThrow();
  }
}
