package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

class BucketsIT {
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

  private void put(String key) {
    s3.putObject(r -> r.bucket("photos").key(key), RequestBody.fromString(key));
  }

  private static String code(Runnable call) {
    return assertThrows(S3Exception.class, call::run).awsErrorDetails().errorCode();
  }

  @Test
  void bucketsComeAndGo() {
    assertEquals("photos", s3.listBuckets().buckets().get(0).name());
    assertEquals("us-east-1", s3.headBucket(r -> r.bucket("photos")).bucketRegion());
    assertEquals("", s3.getBucketLocation(r -> r.bucket("photos")).locationConstraintAsString());
    put("k");
    assertEquals("BucketNotEmpty", code(() -> s3.deleteBucket(r -> r.bucket("photos"))));
    s3.deleteObject(r -> r.bucket("photos").key("k"));
    s3.deleteBucket(r -> r.bucket("photos"));
    assertThrows(NoSuchBucketException.class, () -> s3.headBucket(r -> r.bucket("photos")));
  }

  @Test
  void listsInPagesWithPrefixesAndDelimiters() {
    List<String> keys = List.of("a", "b/1", "b/2", "b/c/3", "d", "e&ä b");
    keys.forEach(this::put);
    List<String> listed = new ArrayList<>();
    s3.listObjectsV2Paginator(r -> r.bucket("photos").maxKeys(2))
        .contents()
        .forEach(each -> listed.add(each.key()));
    assertEquals(keys, listed);

    List<String> folded = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(
              r -> r.bucket("photos").delimiter("/").maxKeys(1).continuationToken(next));
      page.contents().forEach(each -> folded.add(each.key()));
      page.commonPrefixes().forEach(each -> folded.add(each.prefix()));
      assertEquals(1, page.keyCount());
      token = page.nextContinuationToken();
    } while (token != null);
    assertEquals(List.of("a", "b/", "d", "e&ä b"), folded);

    ListObjectsV2Response within =
        s3.listObjectsV2(r -> r.bucket("photos").prefix("b/").delimiter("/"));
    assertEquals(List.of("b/1", "b/2"), within.contents().stream().map(S3Object::key).toList());
    assertEquals("b/c/", within.commonPrefixes().get(0).prefix());
    assertEquals(
        "d", s3.listObjectsV2(r -> r.bucket("photos").startAfter("b/c/3")).contents().get(0).key());
    assertEquals(
        "b/1", s3.listObjects(r -> r.bucket("photos").marker("a")).contents().get(0).key());
  }

  @Test
  void versionsStayUntilTheyAreDeletedByTheirIds() {
    put("k");
    s3.putBucketVersioning(
        r -> r.bucket("photos").versioningConfiguration(c -> c.status("Enabled")));
    assertEquals(
        BucketVersioningStatus.ENABLED, s3.getBucketVersioning(r -> r.bucket("photos")).status());
    put("k");
    assertTrue(s3.deleteObject(r -> r.bucket("photos").key("k")).deleteMarker());
    assertEquals(0, s3.listObjectsV2(r -> r.bucket("photos")).keyCount());
    ListObjectVersionsResponse all = s3.listObjectVersions(r -> r.bucket("photos"));
    assertEquals(2, all.versions().size());
    assertEquals("null", all.versions().get(1).versionId());
    assertTrue(all.deleteMarkers().get(0).isLatest());
    assertEquals("BucketNotEmpty", code(() -> s3.deleteBucket(r -> r.bucket("photos"))));

    s3.deleteObject(
        r -> r.bucket("photos").key("k").versionId(all.deleteMarkers().get(0).versionId()));
    assertEquals(1, s3.listObjectsV2(r -> r.bucket("photos")).keyCount());
    List<ObjectIdentifier> rest =
        all.versions().stream()
            .map(each -> ObjectIdentifier.builder().key("k").versionId(each.versionId()).build())
            .toList();
    s3.deleteObjects(r -> r.bucket("photos").delete(Delete.builder().objects(rest).build()));
    s3.deleteBucket(r -> r.bucket("photos"));
  }

  @Test
  void versionsAreListedInPages() {
    s3.putBucketVersioning(
        r -> r.bucket("photos").versioningConfiguration(c -> c.status("Enabled")));
    for (int i = 0; i < 3; i++) {
      put("a");
      put("b");
    }
    List<String> listed = new ArrayList<>();
    s3.listObjectVersionsPaginator(r -> r.bucket("photos").maxKeys(2))
        .versions()
        .forEach(each -> listed.add(each.key()));
    assertEquals(List.of("a", "a", "a", "b", "b", "b"), listed);
  }

  @Test
  void configurationsAreKept() {
    assertEquals("NoSuchTagSet", code(() -> s3.getBucketTagging(r -> r.bucket("photos"))));
    Tag tag = Tag.builder().key("k").value("v").build();
    s3.putBucketTagging(r -> r.bucket("photos").tagging(t -> t.tagSet(tag)));
    assertEquals(List.of(tag), s3.getBucketTagging(r -> r.bucket("photos")).tagSet());

    LifecycleRule rule =
        LifecycleRule.builder()
            .id("old")
            .status(ExpirationStatus.ENABLED)
            .filter(f -> f.and(a -> a.prefix("tmp/").tags(tag)))
            .expiration(e -> e.days(3))
            .build();
    s3.putBucketLifecycleConfiguration(
        r -> r.bucket("photos").lifecycleConfiguration(c -> c.rules(rule)));
    assertEquals(
        List.of(rule), s3.getBucketLifecycleConfiguration(r -> r.bucket("photos")).rules());

    assertTrue(
        s3.getPublicAccessBlock(r -> r.bucket("photos"))
            .publicAccessBlockConfiguration()
            .blockPublicPolicy());
    assertEquals(
        "AES256",
        s3.getBucketEncryption(r -> r.bucket("photos"))
            .serverSideEncryptionConfiguration()
            .rules()
            .get(0)
            .applyServerSideEncryptionByDefault()
            .sseAlgorithmAsString());
    assertEquals(
        "NoSuchWebsiteConfiguration", code(() -> s3.getBucketWebsite(r -> r.bucket("photos"))));
    assertTrue(
        s3.getBucketNotificationConfiguration(r -> r.bucket("photos"))
            .queueConfigurations()
            .isEmpty());
  }

  @Test
  void policiesAreCheckedAndPublicOnesBlocked() {
    assertEquals(
        "MalformedPolicy",
        code(() -> s3.putBucketPolicy(r -> r.bucket("photos").policy("nonsense"))));
    String everybody =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\","
            + "\"Resource\":\"*\"}]}";
    assertEquals(
        "AccessDenied", code(() -> s3.putBucketPolicy(r -> r.bucket("photos").policy(everybody))));
    String one = everybody.replace("\"*\",\"Action", "{\"AWS\":\"1\"},\"Action");
    s3.putBucketPolicy(r -> r.bucket("photos").policy(one));
    assertEquals(one, s3.getBucketPolicy(r -> r.bucket("photos")).policy());
    s3.deleteBucketPolicy(r -> r.bucket("photos"));
    assertEquals("NoSuchBucketPolicy", code(() -> s3.getBucketPolicy(r -> r.bucket("photos"))));
  }
}
