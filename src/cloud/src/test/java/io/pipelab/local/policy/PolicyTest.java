package io.pipelab.local.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:4566"));
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:t";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
  private static final Caller SNS = new Caller.ServicePrincipal("sns.amazonaws.com", TOPIC);
  private static final Caller ROLE =
      new Caller.RoleSession(
          "arn:aws:sts::000000000000:assumed-role/r/s",
          "arn:aws:iam::000000000000:role/r",
          "s",
          "ASIA");

  private static Decision decide(String statement, Caller caller) {
    return Policy.parse("{'Statement': [".concat(statement).concat("]}").replace('\'', '"'))
        .decide(RequestContext.of(caller, "sqs:SendMessage", QUEUE, CLOUD));
  }

  private static Decision condition(String condition) {
    return decide(
        "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':"
            + condition
            + "}",
        SNS);
  }

  @Test
  void principalsAreServicesAccountsAndRoles() {
    String head = "{'Effect':'Allow','Action':'sqs:SendMessage','Resource':'*','Principal':";
    assertEquals(Decision.ALLOW, decide(head + "{'Service':'sns.amazonaws.com'}}", SNS));
    assertEquals(Decision.SILENT, decide(head + "{'Service':'s3.amazonaws.com'}}", SNS));
    assertEquals(Decision.SILENT, decide(head + "{'AWS':'000000000000'}}", SNS));
    assertEquals(Decision.ALLOW, decide(head + "{'AWS':'000000000000'}}", ROLE));
    assertEquals(
        Decision.ALLOW, decide(head + "{'AWS':['arn:aws:iam::000000000000:role/r']}}", ROLE));
    assertEquals(Decision.ALLOW, decide(head + "'*'}", new Caller.Anonymous()));
  }

  @Test
  void actionsMatchWithoutRegardToCaseAndByPattern() {
    String tail = ",'Effect':'Allow','Principal':'*','Resource':'*'}";
    assertEquals(Decision.ALLOW, decide("{'Action':'SQS:Send*'" + tail, SNS));
    assertEquals(Decision.ALLOW, decide("{'Action':['sqs:x','sqs:SendMessage']" + tail, SNS));
    assertEquals(Decision.SILENT, decide("{'Action':'sqs:Receive*'" + tail, SNS));
    assertEquals(Decision.SILENT, decide("{'NotAction':'sqs:*'" + tail, SNS));
  }

  @Test
  void resourcesMatchByPattern() {
    String tail = ",'Effect':'Allow','Principal':'*','Action':'*'}";
    assertEquals(Decision.ALLOW, decide("{'Resource':'arn:aws:sqs:*:*:?'" + tail, SNS));
    assertEquals(Decision.SILENT, decide("{'Resource':'arn:aws:sqs:*:*:other'" + tail, SNS));
    assertEquals(Decision.SILENT, decide("{'NotResource':'arn:aws:sqs:*'" + tail, SNS));
  }

  @Test
  void aDenyWins() {
    String allow = "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}";
    String deny = "{'Effect':'Deny','Principal':'*','Action':'sqs:SendMessage','Resource':'*'}";
    assertEquals(Decision.DENY, decide(allow + "," + deny, SNS));
    assertEquals(Decision.DENY, decide(deny + "," + allow, SNS));
  }

  @Test
  void conditionsCompareArnsAccountsAndFlags() {
    assertEquals(Decision.ALLOW, condition("{'ArnEquals':{'aws:SourceArn':'" + TOPIC + "'}}"));
    assertEquals(Decision.ALLOW, condition("{'ArnLike':{'AWS:SourceArn':'arn:aws:sns:*:*:t*'}}"));
    assertEquals(
        Decision.SILENT,
        condition("{'ArnLike':{'aws:SourceArn':'arn:aws:sns:*'}}"),
        "a wildcard does not reach over a colon's part");
    assertEquals(
        Decision.ALLOW, condition("{'StringEquals':{'aws:SourceAccount':['1','000000000000']}}"));
    assertEquals(
        Decision.SILENT, condition("{'StringEquals':{'aws:SourceAccount':'111122223333'}}"));
    assertEquals(Decision.ALLOW, condition("{'StringLike':{'aws:SourceArn':'*:t'}}"));
    assertEquals(
        Decision.ALLOW, condition("{'StringEquals':{'aws:ResourceAccount':'000000000000'}}"));
    assertEquals(
        Decision.SILENT, condition("{'StringEquals':{'aws:ResourceAccount':'111122223333'}}"));
    assertEquals(Decision.ALLOW, condition("{'Bool':{'aws:SecureTransport':'true'}}"));
    assertEquals(Decision.SILENT, condition("{'Bool':{'aws:SecureTransport':'false'}}"));
  }

  @Test
  void aMissingKeyFailsAConditionUnlessItSaysIfExists() {
    assertEquals(Decision.SILENT, condition("{'StringEquals':{'aws:PrincipalArn':'x'}}"));
    assertEquals(Decision.ALLOW, condition("{'StringEqualsIfExists':{'aws:PrincipalArn':'x'}}"));
    assertEquals(Decision.ALLOW, condition("{'StringNotEquals':{'aws:PrincipalArn':'x'}}"));
    assertEquals(Decision.ALLOW, condition("{'Null':{'aws:PrincipalArn':'true'}}"));
  }

  @Test
  void allConditionsMustHold() {
    assertEquals(
        Decision.SILENT,
        condition(
            "{'StringEquals':{'aws:SourceAccount':'000000000000'},'ArnEquals':{'aws:SourceArn':"
                + "'arn:aws:sns:us-east-1:000000000000:other'}}"));
  }

  @Test
  void alarmsActForTheirAccountAndBucketsDoNot() {
    String topicDefault =
        "{'Effect':'Allow','Principal':{'AWS':'*'},'Action':'*','Resource':'*',"
            + "'Condition':{'StringEquals':{'AWS:SourceOwner':'000000000000'}}}";
    Caller alarm =
        new Caller.ServicePrincipal(
            "cloudwatch.amazonaws.com", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a");
    Caller bucket = new Caller.ServicePrincipal("s3.amazonaws.com", "arn:aws:s3:::b");

    assertEquals(Decision.ALLOW, decide(topicDefault, alarm));
    assertEquals(Decision.SILENT, decide(topicDefault, bucket));
  }

  @Test
  void anOperatorThatThereIsNotIsRefusedByName() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> condition("{'StringIs':{'aws:SourceIp':'x'}}"));
    assertEquals("Invalid Condition type : StringIs.", error.getMessage());
  }

  @Test
  void malformedPoliciesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Policy.parse("no json"));
    assertThrows(IllegalArgumentException.class, () -> Policy.parse("{}"));
    assertThrows(IllegalArgumentException.class, () -> decide("{'Effect':'Maybe'}", SNS));
    assertThrows(
        IllegalArgumentException.class,
        () -> decide("{'Effect':'Allow','Actions':'*','Action':'*'}", SNS));
  }
}
