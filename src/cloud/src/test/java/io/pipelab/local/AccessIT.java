package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Calls of role sessions, by AWS's clients, against what the role's policies say. */
class AccessIT {
  private static final String ACCOUNT = "000000000000";
  private static final String SESSION = "arn:aws:sts::" + ACCOUNT + ":assumed-role/worker/tester";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":work";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}""";

  private static TestCloud cloud;
  private static AwsSessionCredentials keys;
  private static String queueUrl;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    cloud = new TestCloud(folder);
    queueUrl = cloud.queue("work", Map.of());
    keys = session("worker");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static AwsSessionCredentials session(String role) {
    String arn =
        cloud.iam.createRole(r -> r.roleName(role).assumeRolePolicyDocument(TRUST)).role().arn();
    try (StsClient sts = cloud.client(StsClient.builder())) {
      Credentials issued =
          sts.assumeRole(r -> r.roleArn(arn).roleSessionName("tester")).credentials();
      return AwsSessionCredentials.create(
          issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
    }
  }

  private static <C, B extends AwsClientBuilder<B, C>> C as(AwsSessionCredentials keys, B builder) {
    return builder
        .endpointOverride(cloud.endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private static void allow(String role, String statement) {
    cloud.iam.putRolePolicy(
        r ->
            r.roleName(role)
                .policyName("p")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}"));
  }

  private static String allowing(String action, String resource) {
    return "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(action, resource);
  }

  private static AwsServiceException refused(Executable call) {
    return assertThrows(AwsServiceException.class, call);
  }

  /** A service, its call, and how it refuses that. */
  private record Words(
      String service, Executable call, String code, int status, String action, String resource) {}

  private static List<Words> words() {
    String arn = "arn:aws:%s:us-east-1:" + ACCOUNT + ":%s";
    SqsClient sqs = as(keys, SqsClient.builder());
    return List.of(
        new Words(
            "sqs",
            () -> sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody("x")),
            "AccessDenied",
            403,
            "sqs:sendmessage",
            QUEUE),
        new Words(
            "sns",
            () ->
                as(keys, SnsClient.builder())
                    .publish(r -> r.topicArn(arn.formatted("sns", "t")).message("x")),
            "AuthorizationError",
            403,
            "SNS:Publish",
            arn.formatted("sns", "t")),
        new Words(
            "dynamodb",
            () -> as(keys, DynamoDbClient.builder()).describeTable(r -> r.tableName("t")),
            "AccessDeniedException",
            400,
            "dynamodb:DescribeTable",
            arn.formatted("dynamodb", "table/t")),
        new Words(
            "lambda",
            () -> as(keys, LambdaClient.builder()).getFunction(r -> r.functionName("f")),
            "AccessDeniedException",
            403,
            "lambda:GetFunction",
            arn.formatted("lambda", "function:f")),
        new Words(
            "lambda",
            () -> as(keys, LambdaClient.builder()).listFunctions(),
            "AccessDeniedException",
            403,
            "lambda:ListFunctions",
            "*"),
        new Words(
            "ecr",
            () -> as(keys, EcrClient.builder()).getAuthorizationToken(),
            "AccessDeniedException",
            400,
            "ecr:GetAuthorizationToken",
            "*"),
        new Words(
            "ecs",
            () -> as(keys, EcsClient.builder()).listClusters(),
            "AccessDeniedException",
            400,
            "ecs:ListClusters",
            "*"),
        new Words(
            "iam",
            () -> as(keys, IamClient.builder()).getRole(r -> r.roleName("worker")),
            "AccessDenied",
            403,
            "iam:GetRole",
            "arn:aws:iam::" + ACCOUNT + ":role/worker"),
        new Words(
            "cloudformation",
            () -> as(keys, CloudFormationClient.builder()).describeStacks(r -> r.stackName("none")),
            "AccessDenied",
            403,
            "cloudformation:DescribeStacks",
            arn.formatted("cloudformation", "stack/none/*")),
        new Words(
            "secretsmanager",
            () ->
                as(keys, SecretsManagerClient.builder())
                    .getSecretValue(r -> r.secretId(arn.formatted("secretsmanager", "secret:s"))),
            "AccessDeniedException",
            400,
            "secretsmanager:GetSecretValue",
            arn.formatted("secretsmanager", "secret:s")),
        new Words(
            "ssm",
            () -> as(keys, SsmClient.builder()).getParameter(r -> r.name("/a/b")),
            "AccessDeniedException",
            400,
            "ssm:GetParameter",
            arn.formatted("ssm", "parameter/a/b")),
        new Words(
            "logs",
            () -> as(keys, CloudWatchLogsClient.builder()).createLogGroup(r -> r.logGroupName("g")),
            "AccessDeniedException",
            400,
            "logs:CreateLogGroup",
            arn.formatted("logs", "log-group:g:log-stream:")),
        new Words(
            "rds",
            () ->
                as(keys, RdsClient.builder())
                    .deleteDBInstance(r -> r.dbInstanceIdentifier("d").skipFinalSnapshot(true)),
            "AccessDenied",
            403,
            "rds:DeleteDBInstance",
            arn.formatted("rds", "db:d")),
        new Words(
            "apigateway",
            () -> as(keys, ApiGatewayV2Client.builder()).getApi(r -> r.apiId("a")),
            "AccessDeniedException",
            403,
            "apigateway:GET",
            "arn:aws:apigateway:us-east-1::/apis/a"));
  }

  @TestFactory
  Stream<DynamicTest> eachServiceRefusesInItsOwnWords() {
    return words().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.service() + " " + each.action(), () -> assertWords(each)));
  }

  private static void assertWords(Words words) {
    AwsServiceException refusal = refused(words.call());
    assertEquals(words.code(), refusal.awsErrorDetails().errorCode());
    assertEquals(words.status(), refusal.statusCode());
    String message = refusal.awsErrorDetails().errorMessage();
    String begin =
        "User: "
            + SESSION
            + " is not authorized to perform: "
            + words.action()
            + " on resource: "
            + words.resource()
            + " because no identity-based policy allows the "
            + words.action()
            + " action. For complete details, run: pipelab explain denied ";
    assertTrue(message.startsWith(begin), message);
    assertTrue(message.substring(begin.length()).matches("[0-9a-z]{20}"), message);
  }

  @Test
  void whereThereIsNoOneResourceItIsNotNamed() {
    String begin = "User: " + SESSION + " is not authorized to perform: ";
    String metrics =
        refused(() -> as(keys, CloudWatchClient.builder()).listMetrics())
            .awsErrorDetails()
            .errorMessage();
    assertTrue(
        metrics.startsWith(
            begin
                + "cloudwatch:ListMetrics because no identity-based policy allows the"
                + " cloudwatch:ListMetrics action."),
        metrics);
    AwsServiceException ec2 = refused(() -> as(keys, Ec2Client.builder()).describeVpcs());
    assertEquals("UnauthorizedOperation", ec2.awsErrorDetails().errorCode());
    assertEquals(403, ec2.statusCode());
    assertTrue(
        ec2.awsErrorDetails()
            .errorMessage()
            .matches(
                "You are not authorized to perform this operation\\. "
                    + begin
                    + "ec2:DescribeVpcs because no identity-based policy allows the"
                    + " ec2:DescribeVpcs action\\. Encoded authorization failure message: \\w+"),
        ec2.awsErrorDetails().errorMessage());
  }

  @Test
  void aPolicyLetsTheRoleInFromTheNextCallOn() {
    AwsSessionCredentials sender = session("sender");
    SqsClient sqs = as(sender, SqsClient.builder());
    refused(() -> sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody("x")));
    allow("sender", allowing("sqs:SendMessage", QUEUE));
    sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody("x"));
    refused(() -> sqs.receiveMessage(r -> r.queueUrl(queueUrl)));
    allow(
        "sender",
        allowing("sqs:*", "*")
            + ",{\"Effect\":\"Deny\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}");
    String denied =
        refused(() -> sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody("x")))
            .awsErrorDetails()
            .errorMessage();
    assertTrue(denied.contains(" with an explicit deny in an identity-based policy."), denied);
  }

  @Test
  void nobodyIsRefusedToAskWhoHeIs() {
    assertEquals(SESSION, as(keys, StsClient.builder()).getCallerIdentity().arn());
  }

  @Test
  void aQueuesPolicyLetsASessionInByItself() {
    String url = cloud.queue("open", Map.of());
    SqsClient sqs = as(keys, SqsClient.builder());
    refused(() -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("x")));
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
         "Action":"sqs:SendMessage","Resource":"%s"}]}"""
            .formatted(SESSION, QUEUE.replace("work", "open"));
    cloud.sqs.setQueueAttributes(
        r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("x"));
  }

  @Test
  void aTopicsDefaultPolicyIsForItsOwnerAlone() {
    String topic = cloud.sns.createTopic(r -> r.name("t2")).topicArn();
    refused(() -> as(keys, SnsClient.builder()).publish(r -> r.topicArn(topic).message("x")));
    cloud.sns.publish(r -> r.topicArn(topic).message("x"));
  }

  @Test
  void objectsStreamOnlyToWhoMayReadThem() throws Exception {
    cloud.s3.createBucket(r -> r.bucket("photos"));
    cloud.s3.putObject(r -> r.bucket("photos").key("a/b"), RequestBody.fromString("x"));
    AwsSessionCredentials reader = session("reader");
    S3Client s3 = as(reader, S3Client.builder().forcePathStyle(true));
    AwsServiceException refusal =
        refused(() -> s3.getObjectAsBytes(r -> r.bucket("photos").key("a/b")));
    assertEquals("AccessDenied", refusal.awsErrorDetails().errorCode());
    assertEquals(403, refusal.statusCode());
    String message = refusal.awsErrorDetails().errorMessage();
    assertTrue(
        message.contains(
            "is not authorized to perform: s3:GetObject on resource:"
                + " \"arn:aws:s3:::photos/a/b\" because no identity-based policy allows the"
                + " s3:GetObject action"),
        message);
    refused(() -> s3.putObject(r -> r.bucket("photos").key("c"), RequestBody.fromString("y")));
    assertEquals(403, presigned(reader));

    allow("reader", allowing("s3:GetObject", "arn:aws:s3:::photos/*"));
    assertEquals("x", s3.getObjectAsBytes(r -> r.bucket("photos").key("a/b")).asUtf8String());
    assertEquals(200, presigned(reader));
    // Who may not list the bucket does not learn what is not there.
    assertEquals(
        403, refused(() -> s3.getObjectAsBytes(r -> r.bucket("photos").key("z"))).statusCode());
    allow(
        "reader",
        allowing("s3:GetObject", "arn:aws:s3:::photos/*")
            + ","
            + allowing("s3:ListBucket", "arn:aws:s3:::photos"));
    assertEquals(
        404, refused(() -> s3.getObjectAsBytes(r -> r.bucket("photos").key("z"))).statusCode());
  }

  private static int presigned(AwsSessionCredentials by) throws Exception {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(cloud.endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(by))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      URI url =
          presigner
              .presignGetObject(
                  r ->
                      r.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(g -> g.bucket("photos").key("a/b")))
              .url()
              .toURI();
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void aBucketsDenyBindsItsOwnerToo() {
    cloud.s3.createBucket(r -> r.bucket("closed"));
    cloud.s3.putObject(r -> r.bucket("closed").key("k"), RequestBody.fromString("x"));
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Sid":"Nobody","Effect":"Deny","Principal":"*",
         "Action":"s3:*","Resource":["arn:aws:s3:::closed","arn:aws:s3:::closed/*"]}]}""";
    cloud.s3.putBucketPolicy(r -> r.bucket("closed").policy(policy));
    String message =
        refused(() -> cloud.s3.getObjectAsBytes(r -> r.bucket("closed").key("k")))
            .awsErrorDetails()
            .errorMessage();
    assertTrue(message.contains(" with an explicit deny in a resource-based policy"), message);
    refused(() -> cloud.s3.listObjectsV2(r -> r.bucket("closed")));
    cloud.s3.deleteBucketPolicy(r -> r.bucket("closed"));
    cloud.s3.listObjectsV2(r -> r.bucket("closed"));
  }

  @Test
  void aRoleIsHandedOnlyByWhoMayPassIt() {
    AwsSessionCredentials builder = session("builder");
    String arn = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:*";
    allow("builder", allowing("lambda:CreateFunction", arn));
    String message =
        refused(
                () ->
                    as(builder, LambdaClient.builder())
                        .createFunction(
                            r ->
                                r.functionName("f")
                                    .role("arn:aws:iam::" + ACCOUNT + ":role/worker")
                                    .runtime("java21")
                                    .handler("A::b")
                                    .code(c -> c.s3Bucket("b").s3Key("k"))))
            .awsErrorDetails()
            .errorMessage();
    assertTrue(
        message.contains(
            "is not authorized to perform: iam:PassRole on resource: arn:aws:iam::"
                + ACCOUNT
                + ":role/worker because no identity-based policy allows the iam:PassRole action"),
        message);
  }

  @Test
  void aRoleIsTakenOnlyByWhoItTrustsAndWhoMay() {
    AwsSessionCredentials taker = session("taker");
    session("target");
    String target = "arn:aws:iam::" + ACCOUNT + ":role/target";
    StsClient sts = as(taker, StsClient.builder());
    // The trust policy names the account: its own policies decide.
    AwsServiceException refusal =
        refused(() -> sts.assumeRole(r -> r.roleArn(target).roleSessionName("session")));
    assertEquals("AccessDenied", refusal.awsErrorDetails().errorCode());
    allow("taker", allowing("sts:AssumeRole", target));
    sts.assumeRole(r -> r.roleArn(target).roleSessionName("session"));
    cloud.iam.updateAssumeRolePolicy(
        r ->
            r.roleName("target")
                .policyDocument(
                    TRUST.replace("arn:aws:iam::000000000000:root", "arn:aws:iam::1:role/x")));
    String message =
        refused(() -> sts.assumeRole(r -> r.roleArn(target).roleSessionName("session")))
            .awsErrorDetails()
            .errorMessage();
    assertTrue(
        message.contains("because no role trust policy allows the sts:AssumeRole action"), message);
    // One that names the role itself is enough.
    allow("taker", allowing("sqs:ListQueues", "*"));
    cloud.iam.updateAssumeRolePolicy(
        r ->
            r.roleName("target")
                .policyDocument(
                    TRUST.replace(
                        "arn:aws:iam::000000000000:root",
                        "arn:aws:iam::" + ACCOUNT + ":role/taker")));
    sts.assumeRole(r -> r.roleArn(target).roleSessionName("session"));
  }
}
