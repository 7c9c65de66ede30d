package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Keys that the cloud issued, as AWS's clients sign with them. */
class IssuedKeysIT {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}";

  private static final String EVERYTHING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
          + "\"Resource\":\"*\"}]}";

  private TestCloud cloud;
  private AwsSessionCredentials issued;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    cloud = new TestCloud(folder);
    String role =
        cloud.iam.createRole(r -> r.roleName("r").assumeRolePolicyDocument(TRUST)).role().arn();
    cloud.iam.putRolePolicy(r -> r.roleName("r").policyName("all").policyDocument(EVERYTHING));
    try (StsClient sts = client(StsClient.builder(), AwsSessionCredentials.create("a", "b", "c"))) {
      Credentials keys =
          sts.assumeRole(r -> r.roleArn(role).roleSessionName("session")).credentials();
      issued =
          AwsSessionCredentials.create(
              keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(B builder, AwsSessionCredentials keys) {
    return builder
        .endpointOverride(cloud.endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private S3Client s3(AwsSessionCredentials keys) {
    return client(S3Client.builder().forcePathStyle(true), keys);
  }

  /** One call in each protocol, by service. */
  private Map<String, Callable<?>> calls(AwsSessionCredentials keys) {
    return Map.of(
        "query", () -> client(SnsClient.builder(), keys).listTopics(),
        "query iam", () -> client(IamClient.builder(), keys).listRoles(),
        "query post", () -> client(CloudFormationClient.builder(), keys).listStacks(),
        "ec2", () -> client(Ec2Client.builder(), keys).describeVpcs(),
        "json of sqs", () -> client(SqsClient.builder(), keys).listQueues(),
        "json", () -> client(DynamoDbClient.builder(), keys).listTables(),
        "json 1.1", () -> client(CloudWatchLogsClient.builder(), keys).describeLogGroups(),
        "cbor", () -> client(CloudWatchClient.builder(), keys).listMetrics(),
        "rest json", () -> client(LambdaClient.builder(), keys).listFunctions(),
        "rest xml", () -> s3(keys).listBuckets());
  }

  @Test
  void areTheRolesInEveryProtocol() throws Exception {
    try (StsClient sts = client(StsClient.builder(), issued)) {
      assertTrue(sts.getCallerIdentity().arn().endsWith(":assumed-role/r/session"));
    }
    for (Callable<?> call : calls(issued).values()) {
      call.call();
    }
  }

  @Test
  void aWrongSecretIsRefusedInEveryServicesWords() throws Exception {
    assertErrors(
        AwsSessionCredentials.create(issued.accessKeyId(), "wrong", issued.sessionToken()),
        Map.of(
            "query", "SignatureDoesNotMatch 403",
            "query iam", "SignatureDoesNotMatch 403",
            "query post", "SignatureDoesNotMatch 403",
            "ec2", "AuthFailure 401",
            "json of sqs", "SignatureDoesNotMatch 403",
            "json", "InvalidSignatureException 400",
            "json 1.1", "InvalidSignatureException 400",
            "cbor", "SignatureDoesNotMatch 403",
            "rest json", "InvalidSignatureException 403",
            "rest xml", "SignatureDoesNotMatch 403"));
  }

  @Test
  void aWrongTokenAndAKeyThatNobodyIssuedAreRefused() throws Exception {
    Map<String, String> unknown =
        Map.of(
            "query", "InvalidClientTokenId 403",
            "query iam", "InvalidClientTokenId 403",
            "query post", "InvalidClientTokenId 403",
            "ec2", "AuthFailure 401",
            "json of sqs", "InvalidClientTokenId 403",
            "json", "UnrecognizedClientException 400",
            "json 1.1", "UnrecognizedClientException 400",
            "cbor", "InvalidClientTokenId 403",
            "rest json", "UnrecognizedClientException 403",
            "rest xml", "InvalidAccessKeyId 403");
    assertErrors(AwsSessionCredentials.create("ASIAQQQQQQQQQQQQQQQQ", "any", "any"), unknown);
    assertErrors(
        AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), "other"),
        unknown);
  }

  private void assertErrors(AwsSessionCredentials keys, Map<String, String> expected) {
    calls(keys)
        .forEach(
            (name, call) -> {
              AwsServiceException e = assertThrows(AwsServiceException.class, call::call, name);
              assertEquals(
                  expected.get(name), e.awsErrorDetails().errorCode() + " " + e.statusCode(), name);
            });
  }

  @Test
  void pathsThatAreEncodedTwiceAreSignedRight() {
    LambdaClient lambda = client(LambdaClient.builder(), issued);
    assertThrows(
        ResourceNotFoundException.class,
        () -> lambda.getFunction(r -> r.functionName(cloud.arn("lambda", "function:none"))));
    lambda.listTags(r -> r.resource(function()));
  }

  private String function() {
    try {
      String role = cloud.role("f", "AWSLambdaBasicExecutionRole");
      return cloud
          .lambda
          .createFunction(
              r ->
                  r.functionName("f")
                      .runtime("java17")
                      .handler("F::f")
                      .role(role)
                      .code(c -> c.zipFile(code())))
          .functionArn();
    } catch (RuntimeException e) {
      throw new AssertionError(e);
    }
  }

  private software.amazon.awssdk.core.SdkBytes code() {
    try {
      return cloud.code("F", "public class F { public String f(String in) { return in; } }");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a b+c%d/e//f/../g/./h",
        "/slashes/",
        "ümläut-日本-😀",
        "!*'();:@&=$,?#[]~",
        "x=y&z"
      })
  void keysOfObjectsAreSignedAsTheyAre(String key) throws Exception {
    S3Client s3 = s3(issued);
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    s3.createBucket(r -> r.bucket("bucket"));
    s3.putObject(r -> r.bucket("bucket").key(key), RequestBody.fromBytes(bytes));
    assertArrayEquals(bytes, s3.getObjectAsBytes(r -> r.bucket("bucket").key(key)).asByteArray());
    assertEquals(
        List.of(key),
        s3.listObjectsV2(r -> r.bucket("bucket").prefix(key)).contents().stream()
            .map(each -> each.key())
            .toList());
    URI presigned = presign(key, issued);
    assertEquals(200, get(presigned).statusCode(), presigned.toString());

    URI forged =
        presign(
            key, AwsSessionCredentials.create(issued.accessKeyId(), "x", issued.sessionToken()));
    HttpResponse<String> refused = get(forged);
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("<Code>SignatureDoesNotMatch</Code>"), refused.body());
  }

  @Test
  void aWrongSecretWritesNothing() {
    cloud.s3.createBucket(r -> r.bucket("bucket"));
    S3Client forger =
        s3(AwsSessionCredentials.create(issued.accessKeyId(), "wrong", issued.sessionToken()));
    AwsServiceException e =
        assertThrows(
            AwsServiceException.class,
            () ->
                forger.putObject(
                    r -> r.bucket("bucket").key("k"), RequestBody.fromString("forged")));
    assertEquals("SignatureDoesNotMatch", e.awsErrorDetails().errorCode());
    assertEquals(0, cloud.s3.listObjectsV2(r -> r.bucket("bucket")).keyCount());
  }

  private URI presign(String key, AwsSessionCredentials keys) throws Exception {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(cloud.endpoint)
            .region(Region.US_EAST_1)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .credentialsProvider(StaticCredentialsProvider.create(keys))
            .build()) {
      return presigner
          .presignGetObject(
              r ->
                  r.signatureDuration(Duration.ofMinutes(5))
                      .getObjectRequest(g -> g.bucket("bucket").key(key)))
          .url()
          .toURI();
    }
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Over plain HTTP the SDK signs each chunk and the trailer with the checksum. */
  @Test
  void anUploadThatIsSignedInChunksArrives() throws Exception {
    AtomicReference<String> hash = new AtomicReference<>();
    ExecutionInterceptor looks =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            context.httpRequest().firstMatchingHeader("x-amz-content-sha256").ifPresent(hash::set);
          }
        };
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    try (S3Client s3 =
        S3Client.builder()
            .forcePathStyle(true)
            .endpointOverride(cloud.endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(issued))
            .overrideConfiguration(o -> o.addExecutionInterceptor(looks))
            .build()) {
      s3.createBucket(r -> r.bucket("signed"));
      s3.putObject(
          r -> r.bucket("signed").key("k").checksumAlgorithm(ChecksumAlgorithm.SHA256),
          RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length));
      assertTrue(hash.get().startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), hash.get());
      assertArrayEquals(bytes, s3.getObjectAsBytes(r -> r.bucket("signed").key("k")).asByteArray());
    }
  }
}
