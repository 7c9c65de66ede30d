package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class RestXmlProtocolTest {
  private final List<SdkPojo> seen = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "s3",
              new Actions()
                  .on(PutBucketTaggingRequest.class, this::tag)
                  .on(ListObjectsV2Request.class, this::list)
                  .on(HeadBucketRequest.class, RestXmlProtocolTest::head)));
  private final S3Client s3 = gateway.client(S3Client.builder());

  @AfterEach
  void close() {
    s3.close();
    gateway.close();
  }

  private PutBucketTaggingResponse tag(PutBucketTaggingRequest request) {
    seen.add(request);
    return PutBucketTaggingResponse.builder().build();
  }

  private ListObjectsV2Response list(ListObjectsV2Request request) {
    seen.add(request);
    throw AwsError.notFound("NoSuchBucket", "The specified bucket does not exist");
  }

  private static HeadBucketResponse head(HeadBucketRequest request) {
    return HeadBucketResponse.builder().bucketRegion("us-east-1").build();
  }

  @Test
  void readsXmlBodiesAndWritesHeaders() {
    Tag tag = Tag.builder().key("a&b").value("<v>").build();
    s3.putBucketTagging(r -> r.bucket("photos").tagging(t -> t.tagSet(tag)));
    PutBucketTaggingRequest request = (PutBucketTaggingRequest) seen.get(0);
    assertEquals("photos", request.bucket());
    assertEquals(List.of(tag), request.tagging().tagSet());
    assertEquals("us-east-1", s3.headBucket(r -> r.bucket("photos")).bucketRegion());
  }

  @Test
  void errorsAreTyped() {
    NoSuchBucketException error =
        assertThrows(
            NoSuchBucketException.class,
            () -> s3.listObjectsV2(r -> r.bucket("photos").prefix("a b")));
    assertEquals("The specified bucket does not exist", error.awsErrorDetails().errorMessage());
    assertEquals("a b", ((ListObjectsV2Request) seen.get(0)).prefix());
  }

  @Test
  void aSubResourceIsNeverTakenForTheBucketItself() {
    S3Exception error =
        assertThrows(S3Exception.class, () -> s3.getBucketWebsite(r -> r.bucket("photos")));
    assertEquals(501, error.statusCode());
    assertTrue(error.awsErrorDetails().errorMessage().contains("s3:GetBucketWebsite"));
    assertTrue(seen.isEmpty());
  }

  @Test
  void anotherRegionIsRefused() {
    try (S3Client elsewhere = gateway.client(S3Client.builder(), Region.EU_WEST_1)) {
      S3Exception error =
          assertThrows(S3Exception.class, () -> elsewhere.listObjectsV2(r -> r.bucket("b-1")));
      assertEquals(403, error.statusCode());
    }
  }

  @Test
  void documentTypesAndEntitiesAreRefused() {
    String bomb =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Tagging>&e;</Tagging>";
    AwsError error =
        assertThrows(AwsError.class, () -> XmlTree.parse(bomb.getBytes(StandardCharsets.UTF_8)));
    assertEquals("MalformedXML", error.code());
  }
}
