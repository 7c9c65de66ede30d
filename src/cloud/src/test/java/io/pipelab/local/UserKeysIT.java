package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Access keys of users, as AWS's clients sign with them. */
class UserKeysIT {
  private static final String ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\","
          + "\"Resource\":\"*\"}}";

  /** What a service says of a key that is nobody's; "Common errors" of its API Reference. */
  private static final Map<String, String> NOBODY =
      Map.of(
          "sts", "InvalidClientTokenId 403",
          "ec2", "AuthFailure 401",
          "sqs", "InvalidClientTokenId 403",
          "dynamodb", "UnrecognizedClientException 400",
          "lambda", "UnrecognizedClientException 403",
          "s3", "InvalidAccessKeyId 403");

  private TestCloud cloud;
  private AccessKey key;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    cloud = new TestCloud(folder);
    cloud.iam.createUser(u -> u.userName("bob").path("/team/"));
    cloud.iam.putUserPolicy(u -> u.userName("bob").policyName("all").policyDocument(ALL));
    key = cloud.iam.createAccessKey(k -> k.userName("bob")).accessKey();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private AwsCredentials keys() {
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(B builder, AwsCredentials keys) {
    return builder
        .endpointOverride(cloud.endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private GetCallerIdentityResponse who(AwsCredentials keys) {
    try (StsClient sts = client(StsClient.builder(), keys)) {
      return sts.getCallerIdentity();
    }
  }

  private Map<String, String> answers(AwsCredentials keys) throws Exception {
    Map<String, Callable<?>> calls =
        Map.of(
            "sts", () -> client(StsClient.builder(), keys).getCallerIdentity(),
            "ec2", () -> client(Ec2Client.builder(), keys).describeVpcs(),
            "sqs", () -> client(SqsClient.builder(), keys).listQueues(),
            "dynamodb", () -> client(DynamoDbClient.builder(), keys).listTables(),
            "lambda", () -> client(LambdaClient.builder(), keys).listFunctions(),
            "s3", () -> client(S3Client.builder().forcePathStyle(true), keys).listBuckets());
    Map<String, String> answers = new TreeMap<>();
    for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
      try {
        call.getValue().call();
        answers.put(call.getKey(), "let in");
      } catch (AwsServiceException e) {
        answers.put(call.getKey(), e.awsErrorDetails().errorCode() + " " + e.statusCode());
      }
    }
    return answers;
  }

  @Test
  void aKeyIsItsUser() {
    GetCallerIdentityResponse who = who(keys());
    assertEquals("arn:aws:iam::000000000000:user/team/bob", who.arn());
    assertTrue(who.userId().startsWith("AIDA"), who.userId());
    try (IamClient iam = client(IamClient.builder(), keys())) {
      assertEquals("bob", iam.getUser().user().userName());
      assertEquals(1, iam.listAccessKeys().accessKeyMetadata().size());
    }
  }

  @Test
  void aRenamedUserKeepsHisKeys() {
    cloud.iam.updateUser(u -> u.userName("bob").newUserName("rob").newPath("/"));
    assertEquals("arn:aws:iam::000000000000:user/rob", who(keys()).arn());
  }

  @Test
  void anInactiveKeyIsNobodys() throws Exception {
    cloud.iam.updateAccessKey(
        k -> k.userName("bob").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
    assertEquals(new TreeMap<>(NOBODY), answers(keys()));
    cloud.iam.updateAccessKey(
        k -> k.userName("bob").accessKeyId(key.accessKeyId()).status(StatusType.ACTIVE));
    assertEquals("arn:aws:iam::000000000000:user/team/bob", who(keys()).arn());
  }

  @Test
  void aDeletedKeyIsNobodysAndNotTheRoots() throws Exception {
    cloud.iam.deleteAccessKey(k -> k.userName("bob").accessKeyId(key.accessKeyId()));
    assertEquals(new TreeMap<>(NOBODY), answers(keys()));
  }

  @Test
  void aWrongSecretIsRefused() {
    AwsCredentials wrong = AwsBasicCredentials.create(key.accessKeyId(), "wrong");
    AwsServiceException refused = assertThrows(AwsServiceException.class, () -> who(wrong));
    assertEquals("SignatureDoesNotMatch", refused.awsErrorDetails().errorCode());
  }

  @Test
  void aSessionOfAUserIsTheUser() {
    try (StsClient sts = client(StsClient.builder(), keys())) {
      Credentials session = sts.getSessionToken().credentials();
      AwsCredentials temporary =
          AwsSessionCredentials.create(
              session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
      assertEquals("arn:aws:iam::000000000000:user/team/bob", who(temporary).arn());
    }
  }

  @Test
  void whereAKeyWasUsedLastIsKnown() {
    AccessKeyLastUsed never = lastUsed();
    assertEquals("N/A", never.serviceName());
    assertEquals("N/A", never.region());
    client(SqsClient.builder(), keys()).listQueues();
    assertEquals("sqs", lastUsed().serviceName());
    assertEquals("us-east-1", lastUsed().region());
  }

  @Test
  void policiesNameRolesByTheirPath() {
    String trust =
        ALL.replace("\"Resource\":\"*\"", "\"Principal\":{\"AWS\":\"*\"}")
            .replace("\"*\",", "\"sts:AssumeRole\",");
    cloud.iam.createRole(r -> r.roleName("inside").path("/team/").assumeRolePolicyDocument(trust));
    cloud.iam.createRole(r -> r.roleName("outside").assumeRolePolicyDocument(trust));
    cloud.iam.putUserPolicy(
        u ->
            u.userName("bob")
                .policyName("all")
                .policyDocument(
                    ALL.replace(
                        "\"Resource\":\"*\"",
                        "\"Resource\":\"arn:aws:iam::000000000000:role/team/*\"")));
    try (IamClient iam = client(IamClient.builder(), keys())) {
      assertEquals("/team/", iam.getRole(r -> r.roleName("inside")).role().path());
      AwsServiceException refused =
          assertThrows(AwsServiceException.class, () -> iam.getRole(r -> r.roleName("outside")));
      String words = refused.awsErrorDetails().errorMessage();
      assertTrue(words.contains("on resource: arn:aws:iam::000000000000:role/outside"), words);
      assertThrows(AwsServiceException.class, () -> iam.getUser(u -> u.userName("bob")));
    }
  }

  private AccessKeyLastUsed lastUsed() {
    return cloud
        .iam
        .getAccessKeyLastUsed(k -> k.accessKeyId(key.accessKeyId()))
        .accessKeyLastUsed();
  }
}
