package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;

final class PermissionActionsTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:alarms";
  private static final Caller SNS = new Caller.ServicePrincipal("sns.amazonaws.com", TOPIC);

  private final LambdaFixture cloud;

  PermissionActionsTest(@TempDir Path directory) {
    this.cloud = new LambdaFixture(directory);
  }

  @BeforeEach
  void create() throws Exception {
    cloud.call(cloud.plain("demo").build());
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void policyIsTheDocumentThatAwsWrites() throws Exception {
    cloud.call(permission("sns").sourceAccount("000000000000").build());
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"Version": "2012-10-17", "Id": "default", "Statement": [{
                  "Sid": "sns", "Effect": "Allow",
                  "Principal": {"Service": "sns.amazonaws.com"},
                  "Action": "lambda:InvokeFunction",
                  "Resource": "arn:aws:lambda:us-east-1:000000000000:function:demo",
                  "Condition": {
                    "StringEquals": {"AWS:SourceAccount": "000000000000"},
                    "ArnLike": {"AWS:SourceArn": "arn:aws:sns:us-east-1:000000000000:alarms"}}}]}
                """),
        policy());
  }

  @Test
  void serviceGetsInOnlyByAStatement() {
    AwsError refused = assertThrows(AwsError.class, () -> dryRun(SNS));
    assertEquals("AccessDeniedException", refused.code());
    assertEquals(403, refused.status());
    cloud.call(permission("sns").build());
    dryRun(SNS);
    Caller otherTopic = new Caller.ServicePrincipal("sns.amazonaws.com", TOPIC + "2");
    assertThrows(AwsError.class, () -> dryRun(otherTopic));
    Caller otherService = new Caller.ServicePrincipal("s3.amazonaws.com", TOPIC);
    assertThrows(AwsError.class, () -> dryRun(otherService));
    cloud.call(RemovePermissionRequest.builder().functionName("demo").statementId("sns").build());
    assertThrows(AwsError.class, () -> dryRun(SNS));
  }

  @Test
  void statementOfAVersionOpensThatVersionAlone() {
    cloud.call(PublishVersionRequest.builder().functionName("demo").build());
    cloud.call(permission("sns").qualifier("1").build());
    assertThrows(AwsError.class, () -> dryRun(SNS));
    cloud.call(
        InvokeRequest.builder()
            .functionName("demo")
            .qualifier("1")
            .invocationType(InvocationType.DRY_RUN)
            .build(),
        SNS);
  }

  @Test
  void operatorAndRolesGetInAndNobodyWithoutASignature() {
    dryRun(LambdaFixture.OPERATOR);
    dryRun(new Caller.RoleSession("arn:aws:sts::000000000000:assumed-role/r/s", "r", "s", "k"));
    assertThrows(AwsError.class, () -> dryRun(new Caller.Anonymous()));
  }

  @Test
  void statementsAreChecked() {
    cloud.call(permission("sns").build());
    assertEquals(
        "The statement id (sns) provided already exists. Please provide a new statement id, or"
            + " remove the existing statement.",
        refusal(permission("sns").build()).getMessage());
    assertTrue(refusal(permission("x").principal("me").build()).getMessage().contains("principal"));
    assertTrue(refusal(permission("x").action("s3:Get").build()).getMessage().contains("action"));
    assertEquals(
        "Statement x is not found in resource policy.",
        refusal(RemovePermissionRequest.builder().functionName("demo").statementId("x").build())
            .getMessage());
    cloud.call(RemovePermissionRequest.builder().functionName("demo").statementId("sns").build());
    assertEquals(
        "ResourceNotFoundException",
        refusal(GetPolicyRequest.builder().functionName("demo").build()).code());
  }

  private AwsError refusal(software.amazon.awssdk.core.SdkPojo request) {
    return assertThrows(AwsError.class, () -> cloud.call(request));
  }

  private static AddPermissionRequest.Builder permission(String sid) {
    return AddPermissionRequest.builder()
        .functionName("demo")
        .statementId(sid)
        .action("lambda:InvokeFunction")
        .principal("sns.amazonaws.com")
        .sourceArn(TOPIC);
  }

  private void dryRun(Caller caller) {
    cloud.call(
        InvokeRequest.builder().functionName("demo").invocationType(InvocationType.DRY_RUN).build(),
        caller);
  }

  private JsonNode policy() throws Exception {
    GetPolicyResponse response =
        cloud.call(GetPolicyRequest.builder().functionName("demo").build());
    return new ObjectMapper().readTree(response.policy());
  }
}
