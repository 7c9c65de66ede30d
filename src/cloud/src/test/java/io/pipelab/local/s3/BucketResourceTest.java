package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

class BucketResourceTest {
  private static final String FULL =
      """
      {"BucketName": "photos",
       "Tags": [{"Key": "k", "Value": "v"}],
       "VersioningConfiguration": {"Status": "Enabled"},
       "PublicAccessBlockConfiguration": {"BlockPublicAcls": "true", "BlockPublicPolicy": true},
       "BucketEncryption": {"ServerSideEncryptionConfiguration":
         [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
       "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
       "LifecycleConfiguration": {"Rules": [
         {"Id": "one", "Status": "Enabled", "Prefix": "tmp/", "ExpirationInDays": 7,
          "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
          "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
          "Transitions": [{"StorageClass": "GLACIER", "TransitionInDays": 3}]},
         {"Id": "two", "Status": "Disabled", "ExpirationInDays": 1,
          "TagFilters": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]}]}}
      """;

  @TempDir Path directory;
  private S3Cloud cloud;
  private ResourceType type;

  @BeforeEach
  void start() {
    cloud = new S3Cloud(directory.resolve("s3"));
    type = cloud.service.resourceTypes().get(0);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private static ResourceRequest request(String properties) {
    try {
      return new ResourceRequest(
          "arn:stack",
          "Lab",
          "Photos",
          (ObjectNode) new ObjectMapper().readTree(properties),
          Map.of("pipelab:lab", "image-resize"),
          "abc123");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void createsABucketAsTheTemplateSays() {
    PhysicalResource bucket = type.create(request(FULL));
    assertEquals("photos", bucket.physicalId());
    assertEquals("\"arn:aws:s3:::photos\"", String.valueOf(bucket.attributes().get("Arn")));
    assertEquals(2, cloud.client.getBucketTagging(r -> r.bucket("photos")).tagSet().size());
    assertEquals(
        "Enabled", cloud.client.getBucketVersioning(r -> r.bucket("photos")).statusAsString());
    var rules = cloud.client.getBucketLifecycleConfiguration(r -> r.bucket("photos")).rules();
    LifecycleRule one = rules.get(0);
    assertEquals(7, one.expiration().days());
    assertEquals("tmp/", one.filter().prefix());
    assertEquals(3, one.transitions().get(0).days());
    assertEquals(1, one.noncurrentVersionExpiration().noncurrentDays());
    assertEquals(2, rules.get(1).filter().and().tags().size());
  }

  @Test
  void corsOfATemplateIsTheBuckets() {
    String rule =
        """
        {"Id": "web", "AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://a.example"],
         "AllowedHeaders": ["x-*"], "ExposedHeaders": ["ETag"], "MaxAge": 60}""";
    ResourceRequest with =
        request(
            "{\"BucketName\": \"photos\", \"CorsConfiguration\": {\"CorsRules\": [" + rule + "]}}");
    PhysicalResource bucket = type.create(with);
    assertEquals(
        List.of(
            CORSRule.builder()
                .id("web")
                .allowedMethods("GET", "PUT")
                .allowedOrigins("https://a.example")
                .allowedHeaders("x-*")
                .exposeHeaders("ETag")
                .maxAgeSeconds(60)
                .build()),
        cloud.client.getBucketCors(r -> r.bucket("photos")).corsRules());

    type.update(bucket, with, request("{\"BucketName\": \"photos\"}"));
    S3Exception none =
        assertThrows(S3Exception.class, () -> cloud.client.getBucketCors(r -> r.bucket("photos")));
    assertEquals("NoSuchCORSConfiguration", none.awsErrorDetails().errorCode());
  }

  @Test
  void namesABucketItself() {
    assertEquals("lab-photos-abc123", type.create(request("{}")).physicalId());
    assertEquals(
        "BucketAlreadyExists",
        assertThrows(AwsError.class, () -> type.create(request("{}"))).code());
  }

  @Test
  void refusesPropertiesByNameAndLeavesNothing() {
    AwsError error =
        assertThrows(
            AwsError.class,
            () ->
                type.create(
                    request(
                        "{\"BucketName\": \"photos\", \"LifecycleConfiguration\":"
                            + " {\"Rules\": [{\"Status\": \"Enabled\", \"Colour\": 1}]}}")));
    assertTrue(error.getMessage().contains("Colour"), error.getMessage());
    assertTrue(cloud.client.listBuckets().buckets().isEmpty());
  }

  @Test
  void updatesInPlaceAndGoesBackToDefaults() {
    ResourceRequest before = request(FULL);
    PhysicalResource bucket = type.create(before);
    type.update(bucket, before, request("{\"BucketName\": \"photos\"}"));
    assertEquals(
        "Suspended", cloud.client.getBucketVersioning(r -> r.bucket("photos")).statusAsString());
    assertEquals(1, cloud.client.getBucketTagging(r -> r.bucket("photos")).tagSet().size());
  }

  @Test
  void aFullBucketIsNotDeletedAndAMissingOneIs() {
    ResourceRequest request = request(FULL);
    PhysicalResource bucket = type.create(request);
    cloud.client.putObject(r -> r.bucket("photos").key("k"), RequestBody.fromString("x"));
    assertEquals(
        "BucketNotEmpty", assertThrows(AwsError.class, () -> type.delete(bucket, request)).code());
    type.delete(PhysicalResource.of("gone"), request);
  }

  @Test
  void policiesAreResourcesToo() {
    type.create(request(FULL));
    ResourceType policies = cloud.service.resourceTypes().get(1);
    ResourceRequest request =
        request(
            "{\"Bucket\": \"photos\", \"PolicyDocument\": {\"Statement\": [{\"Effect\": \"Deny\","
                + " \"Principal\": \"*\", \"Action\": \"s3:DeleteObject\","
                + " \"Resource\": \"arn:aws:s3:::photos/*\"}]}}");
    PhysicalResource policy = policies.create(request);
    assertTrue(
        cloud.client.getBucketPolicy(r -> r.bucket("photos")).policy().contains("DeleteObject"));
    policies.delete(policy, request);
    assertThrows(
        software.amazon.awssdk.services.s3.model.S3Exception.class,
        () -> cloud.client.getBucketPolicy(r -> r.bucket("photos")));
  }
}
