package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

/** Sessions that STS opens: what narrows them and what they carry on (IAM User Guide). */
class RoleSessionsIT {
  private static final AwsCredentials ROOT = AwsBasicCredentials.create("test", "test");
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},
       "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}]}""";

  private TestCloud cloud;
  private String role;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    cloud = new TestCloud(folder);
    role = role("r", TRUST);
    cloud.iam.putRolePolicy(
        p -> p.roleName("r").policyName("p").policyDocument(allow("[\"sqs:*\",\"sts:*\"]", "")));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private String role(String name, String trust) {
    return cloud
        .iam
        .createRole(r -> r.roleName(name).assumeRolePolicyDocument(trust).maxSessionDuration(7200))
        .role()
        .arn();
  }

  private static String allow(String actions, String condition) {
    return """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":%s,"Resource":"*"%s}}"""
        .formatted(actions, condition);
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(B builder, AwsCredentials keys) {
    return builder
        .endpointOverride(cloud.endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private StsClient sts(AwsCredentials keys) {
    return client(StsClient.builder(), keys);
  }

  private SqsClient sqs(AwsCredentials keys) {
    return client(SqsClient.builder(), keys);
  }

  private AwsCredentials session(AwsCredentials caller, Consumer<AssumeRoleRequest.Builder> more) {
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder().roleArn(role).roleSessionName("me");
    more.accept(request);
    return of(sts(caller).assumeRole(request.build()).credentials());
  }

  private static AwsCredentials of(Credentials keys) {
    return AwsSessionCredentials.create(
        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  private static String refused(Runnable call) {
    AwsServiceException e = assertThrows(AwsServiceException.class, call::run);
    return e.awsErrorDetails().errorCode() + " " + e.awsErrorDetails().errorMessage();
  }

  @Test
  void aSessionPolicyNarrowsTheRole() {
    AwsCredentials narrow = session(ROOT, r -> r.policy(allow("\"sqs:ListQueues\"", "")));
    sqs(narrow).listQueues();
    String words = refused(() -> sqs(narrow).createQueue(q -> q.queueName("q")));
    assertTrue(
        words.contains("because no session policy allows the sqs:createqueue action"), words);
    sqs(session(ROOT, r -> {})).createQueue(q -> q.queueName("q"));
  }

  @Test
  void managedPoliciesNarrowTooAndEachOfThemMayAllow() {
    String list =
        cloud
            .iam
            .createPolicy(p -> p.policyName("list").policyDocument(allow("\"sqs:ListQueues\"", "")))
            .policy()
            .arn();
    PolicyDescriptorType arn = PolicyDescriptorType.builder().arn(list).build();
    AwsCredentials narrow =
        session(ROOT, r -> r.policyArns(arn).policy(allow("\"sqs:CreateQueue\"", "")));
    sqs(narrow).listQueues();
    String url = sqs(narrow).createQueue(q -> q.queueName("q")).queueUrl();
    assertTrue(
        refused(() -> sqs(narrow).deleteQueue(q -> q.queueUrl(url))).startsWith("AccessDenied"));
  }

  @Test
  void tagsOfASessionAreItsPrincipals() {
    cloud.iam.putRolePolicy(
        p ->
            p.roleName("r")
                .policyName("p")
                .policyDocument(
                    allow(
                        "\"sqs:*\"",
                        ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"red\"}}")));
    Tag red = Tag.builder().key("team").value("red").build();
    Tag blue = Tag.builder().key("team").value("blue").build();
    sqs(session(ROOT, r -> r.tags(red))).listQueues();
    AwsCredentials other = session(ROOT, r -> r.tags(blue));
    assertTrue(refused(() -> sqs(other).listQueues()).startsWith("AccessDenied"));
    cloud.iam.tagRole(
        t ->
            t.roleName("r")
                .tags(
                    software.amazon.awssdk.services.iam.model.Tag.builder()
                        .key("team")
                        .value("red")
                        .build()));
    sqs(session(ROOT, r -> {})).listQueues();
    assertTrue(
        refused(() -> sqs(other).listQueues()).startsWith("AccessDenied"),
        "the session's tag stands over the role's");
  }

  @Test
  void transitiveTagsGoOverAndAreNotOverridden() {
    Tag red = Tag.builder().key("Team").value("red").build();
    AwsCredentials first =
        session(ROOT, r -> r.tags(red).transitiveTagKeys("team").sourceIdentity("ann"));
    assertTrue(
        refused(() -> session(first, r -> r.tags(Tag.builder().key("TEAM").value("x").build())))
            .startsWith("InvalidParameterValue One of the specified transitive tag keys"));
    assertTrue(
        refused(() -> session(first, r -> r.sourceIdentity("bob")))
            .contains("The source identity is already set"));
    AwsCredentials second = session(first, r -> {});
    assertEquals(
        "ann",
        sts(second).assumeRole(r -> r.roleArn(role).roleSessionName("third")).sourceIdentity());
    assertTrue(
        refused(() -> session(ROOT, r -> r.tags(red).transitiveTagKeys("other")))
            .startsWith("InvalidParameterValue The specified transitive tag key"));
  }

  @Test
  void sessionsLastNoLongerThanTheRoleSays() {
    session(ROOT, r -> r.durationSeconds(7200));
    assertEquals(
        "ValidationError The requested DurationSeconds exceeds the MaxSessionDuration set for this"
            + " role.",
        refused(() -> session(ROOT, r -> r.durationSeconds(7201))));
    AwsCredentials first = session(ROOT, r -> {});
    assertTrue(
        refused(() -> session(first, r -> r.durationSeconds(3601))).contains("role chaining"));
  }

  @Test
  void whoDoesNotKnowTheExternalIdIsRefused() {
    String condition = ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"secret\"}}}]}";
    String guarded = role("guarded", TRUST.replace("}]}", condition));
    assertTrue(
        refused(() -> session(ROOT, r -> r.roleArn(guarded))).startsWith("AccessDenied"), "root");
    AwsCredentials other = session(ROOT, r -> {});
    assertTrue(
        refused(() -> session(other, r -> r.roleArn(guarded))).startsWith("AccessDenied"), "role");
    session(ROOT, r -> r.roleArn(guarded).externalId("secret"));
    session(other, r -> r.roleArn(guarded).externalId("secret"));
  }

  @Test
  void aFederatedUserMayWhatHisPolicyAndHisIssuersSay() {
    AwsCredentials nothing = of(sts(ROOT).getFederationToken(f -> f.name("ann")).credentials());
    assertTrue(refused(() -> sqs(nothing).listQueues()).startsWith("AccessDenied"));
    AwsCredentials list =
        of(
            sts(ROOT)
                .getFederationToken(f -> f.name("ann").policy(allow("\"sqs:ListQueues\"", "")))
                .credentials());
    sqs(list).listQueues();
    assertTrue(
        refused(() -> sqs(list).createQueue(q -> q.queueName("q"))).startsWith("AccessDenied"));
    assertEquals(
        "arn:aws:sts::000000000000:federated-user/ann", sts(list).getCallerIdentity().arn());
    AwsCredentials session = session(ROOT, r -> {});
    assertEquals(
        "AccessDenied Cannot call GetFederationToken with session credentials",
        refused(() -> sts(session).getFederationToken(f -> f.name("ann"))));
    assertEquals(
        "AccessDenied Cannot call GetSessionToken with session credentials",
        refused(() -> sts(session).getSessionToken()));
  }

  @Test
  void aRefusalsMessageIsDecoded() throws Exception {
    AwsCredentials session = session(ROOT, r -> {});
    String words =
        refused(
            () -> client(Ec2Client.builder(), session).createVpc(v -> v.cidrBlock("10.0.0.0/16")));
    String encoded = words.substring(words.lastIndexOf(' ') + 1);
    JsonNode decoded =
        new ObjectMapper()
            .readTree(
                sts(ROOT)
                    .decodeAuthorizationMessage(d -> d.encodedMessage(encoded))
                    .decodedMessage());
    assertFalse(decoded.path("allowed").asBoolean(true));
    assertEquals("ec2:CreateVpc", decoded.path("context").path("action").asText());
    assertEquals(
        "arn:aws:sts::000000000000:assumed-role/r/me",
        decoded.path("context").path("principal").path("arn").asText());
  }

  @Test
  void whereARoleWasUsedLastIsKnown() {
    assertTrue(cloud.iam.getRole(r -> r.roleName("r")).role().roleLastUsed().region() == null);
    sqs(session(ROOT, r -> {})).listQueues();
    assertEquals(
        "us-east-1", cloud.iam.getRole(r -> r.roleName("r")).role().roleLastUsed().region());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"})
  void callsWithoutASignatureAreRefusedByName(String action) throws Exception {
    HttpResponse<String> answer = unsigned(action);
    assertEquals(501, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("does not implement sts:" + action), answer.body());
    assertEquals(403, unsigned("AssumeRole").statusCode());
  }

  private HttpResponse<String> unsigned(String action) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "Action=" + action + "&Version=2011-06-15&RoleArn=" + role))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
