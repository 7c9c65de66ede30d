package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.policy.RolePolicies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

class RolePoliciesTest extends CheckTest {
  private static final String GOOD =
      """
      {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
       "Resource": "arn:q"},
      {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": ["arn:t"]}
      """;

  private static final String PASS =
      """
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:r",
       "Condition": {"StringEquals": {"IAM:PassedToService": ["ecs-tasks.amazonaws.com"]}}}
      """;

  private final List<AttachedPolicy> attached = new ArrayList<>();
  private String principal = "\"ecs-tasks.amazonaws.com\"";
  private String statements = GOOD;

  @BeforeEach
  void answers() {
    aws.on(
        GetRoleRequest.class,
        request ->
            GetRoleResponse.builder()
                .role(
                    role ->
                        role.arn("arn:aws:iam::000000000000:role/r")
                            .assumeRolePolicyDocument(
                                encoded(
                                    "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\","
                                        + " \"Principal\": {\"Service\": "
                                        + principal
                                        + "}}")))
                .build());
    aws.on(
        ListRolePoliciesRequest.class,
        ListRolePoliciesResponse.builder().policyNames("inline").isTruncated(false).build());
    aws.on(
        GetRolePolicyRequest.class,
        request -> GetRolePolicyResponse.builder().policyDocument(encoded(statements)).build());
    aws.on(
        ListAttachedRolePoliciesRequest.class,
        request ->
            ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(attached)
                .isTruncated(false)
                .build());
  }

  @Test
  void exactlyWhatIsNeededHolds() {
    assertSeen(State.HOLDS, "exactly that", look());
  }

  @Test
  void statementsMayBeCutOtherwise() {
    statements =
        """
        {"Effect": "Allow", "Action": "SQS:receivemessage", "Resource": "arn:q"},
        {"Effect": "Allow", "Action": "sqs:DeleteMessage", "Resource": ["arn:q"]},
        {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": "arn:t"}
        """;
    assertSeen(State.HOLDS, "exactly that", look());
  }

  @Test
  void aMissingActionIsSeen() {
    statements =
        """
        {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
         "Resource": "arn:q"}
        """;
    assertSeen(State.NEVER, "may not dynamodb:PutItem on arn:t", look());
  }

  @Test
  void aWildcardIsWiderThoughNothingIsMissing() {
    statements =
        """
        {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
         "Resource": "arn:q"},
        {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}
        """;
    assertSeen(State.NEVER, "may also dynamodb:* on *", look());
  }

  @Test
  void theRightActionOnTheWrongResourceIsBoth() {
    statements = GOOD.replace("arn:t", "arn:other");
    assertSeen(
        State.NEVER,
        "may also dynamodb:PutItem on arn:other; may not dynamodb:PutItem on arn:t",
        look());
  }

  @Test
  void aDenyTakesAway() {
    statements =
        GOOD + ", {\"Effect\": \"Deny\", \"Action\": \"dynamodb:Put*\", \"Resource\": \"*\"}";
    assertSeen(State.NEVER, "is denied dynamodb:PutItem on arn:t", look());
  }

  @Test
  void everythingButIsWider() {
    statements = GOOD + ", {\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}";
    assertSeen(State.NEVER, "may do anything but what is listed: NotAction iam:*", look());
  }

  @Test
  void aConditionThatIsNeededMustBeThere() {
    Map<String, Object> settings =
        Map.of(
            "role",
            "role",
            "trust",
            List.of("ecs-tasks.amazonaws.com"),
            "allow",
            List.of(
                Map.of(
                    "actions",
                    List.of("iam:PassRole"),
                    "resources",
                    List.of("arn:r"),
                    "condition",
                    Map.of(
                        "StringEquals",
                        Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com")))));
    statements = PASS;
    assertSeen(State.HOLDS, "exactly that", look(RolePolicies.TYPE, settings));

    statements = "{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"arn:r\"}";
    assertSeen(State.NEVER, "may also iam:PassRole on arn:r", look(RolePolicies.TYPE, settings));
  }

  @Test
  void policiesThatAreAttachedCountToo() {
    attached.add(policy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess"));
    assertSeen(State.NEVER, "has AdministratorAccess attached", look());

    attached.clear();
    attached.add(policy("mine", "arn:aws:iam::1:policy/mine"));
    aws.on(
        GetPolicyRequest.class,
        GetPolicyResponse.builder().policy(policy -> policy.defaultVersionId("v2")).build());
    aws.on(
        GetPolicyVersionRequest.class,
        GetPolicyVersionResponse.builder()
            .policyVersion(
                version ->
                    version.document(
                        encoded(
                            "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\":"
                                + " \"*\"}")))
            .build());
    assertSeen(State.NEVER, "may also s3:* on *", look());
  }

  @Test
  void aManagedPolicyThatIsNeededMustBeAttached() {
    statements = "";
    Map<String, Object> settings =
        Map.of(
            "role",
            "role",
            "trust",
            List.of("ecs-tasks.amazonaws.com"),
            "managed",
            List.of("service-role/Execution"));
    assertSeen(State.NEVER, "lacks service-role/Execution", look(RolePolicies.TYPE, settings));

    attached.add(policy("Execution", "arn:aws-cn:iam::aws:policy/service-role/Execution"));
    assertSeen(State.HOLDS, "exactly that", look(RolePolicies.TYPE, settings));
  }

  @Test
  void trustIsExact() {
    principal = "[\"ecs-tasks.amazonaws.com\", \"lambda.amazonaws.com\"]";
    assertSeen(State.NEVER, "trusts ecs-tasks.amazonaws.com, lambda.amazonaws.com", look());
  }

  @Test
  void aRoleThatIsGoneIsLacking() {
    aws.on(
        GetRoleRequest.class,
        request -> {
          throw NoSuchEntityException.builder().build();
        });
    assertSeen(State.LACKS, "there is no role role", look());
  }

  private Observation look() {
    return look(
        RolePolicies.TYPE,
        Map.of(
            "role",
            "role",
            "trust",
            List.of("ecs-tasks.amazonaws.com"),
            "allow",
            List.of(
                Map.of(
                    "actions",
                    List.of("sqs:ReceiveMessage", "sqs:DeleteMessage"),
                    "resources",
                    List.of("arn:q")),
                Map.of("actions", List.of("dynamodb:PutItem"), "resources", List.of("arn:t")))));
  }

  private static AttachedPolicy policy(String name, String arn) {
    return AttachedPolicy.builder().policyName(name).policyArn(arn).build();
  }

  /** As IAM answers it. */
  private static String encoded(String statements) {
    String document = "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
    return URLEncoder.encode(document, StandardCharsets.UTF_8);
  }
}
