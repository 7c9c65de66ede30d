package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** The wording is that of AWS's framework, as its services answer it. */
class ModelConstraintsTest {
  private static String refused(String service, SdkPojo request) {
    AwsError error = assertThrows(AwsError.class, () -> require(service, request));
    assertEquals(400, error.status());
    return error.code() + ": " + error.getMessage();
  }

  private static void require(String service, SdkPojo request) {
    String shape = request.getClass().getSimpleName();
    ModelConstraints.require(
        request, service, shape.substring(0, shape.length() - "Request".length()));
  }

  @Test
  void enumerations() {
    assertEquals(
        "InvalidParameterException: 1 validation error detected: Value 'Name' at 'orderBy' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [LogStreamName,"
            + " LastEventTime]",
        refused(
            "logs", DescribeLogStreamsRequest.builder().logGroupName("g").orderBy("Name").build()));
    assertEquals(
        "ValidationError: 1 validation error detected: Value 'BAD' at 'stateValue' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [OK, ALARM, INSUFFICIENT_DATA]",
        refused("monitoring", SetAlarmStateRequest.builder().stateValue("BAD").build()));
  }

  @Test
  void lengthsPatternsAndRanges() {
    assertEquals(
        "ValidationError: 1 validation error detected: Value '"
            + "s".repeat(65)
            + "' at 'roleSessionName' failed to satisfy constraint: Member must have length less than"
            + " or equal to 64",
        refused(
            "sts",
            AssumeRoleRequest.builder()
                .roleArn("arn:aws:iam::000000000000:role/r")
                .roleSessionName("s".repeat(65))
                .build()));
    assertEquals(
        "ValidationException: 1 validation error detected: Value '64' at 'memorySize' failed to"
            + " satisfy constraint: Member must have value greater than or equal to 128",
        refused("lambda", CreateFunctionRequest.builder().memorySize(64).build()));
    assertEquals(
        "InvalidParameterException: 2 validation errors detected: Value '' at 'logGroupName' failed"
            + " to satisfy constraint: Member must have length greater than or equal to 1; Value ''"
            + " at 'logGroupName' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: [\\.\\-_/#A-Za-z0-9]+",
        refused("logs", CreateLogGroupRequest.builder().logGroupName("").build()));
  }

  @Test
  void itemsOfListsAndMaps() {
    String second =
        refused(
            "iam",
            TagRoleRequest.builder()
                .roleName("r")
                .tags(t -> t.key("a").value(""), t -> t.key("").value(""))
                .build());
    assertTrue(
        second.startsWith(
            "ValidationError: 2 validation errors detected: Value '' at 'tags.2.member.key' failed to"
                + " satisfy constraint: Member must have length greater than or equal to 1; Value ''"),
        second);
    assertEquals(
        "ValidationError: 1 validation error detected: Value '[CAPABILITY_ALL]' at 'capabilities'"
            + " failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy"
            + " enum value set: [CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND]]",
        refused(
            "cloudformation",
            CreateStackRequest.builder()
                .stackName("s")
                .capabilitiesWithStrings("CAPABILITY_ALL")
                .build()));
    String keys =
        refused(
            "logs",
            CreateLogGroupRequest.builder().logGroupName("g").tags(Map.of("", "v")).build());
    assertTrue(keys.contains("Map keys must satisfy constraint: [Member must have"), keys);
  }

  @Test
  void whatIsRequired() {
    assertEquals(
        "ValidationError: 1 validation error detected: Value null at 'roleSessionName' failed to"
            + " satisfy constraint: Member must not be null",
        refused(
            "sts",
            AssumeRoleRequest.builder().roleArn("arn:aws:iam::000000000000:role/r").build()));
  }

  @Test
  void whatIsRightPassesAndServicesWithTheirOwnWordsAreLeftAlone() {
    assertDoesNotThrow(
        () ->
            require(
                "logs",
                DescribeLogStreamsRequest.builder()
                    .logGroupName("g")
                    .orderBy("LogStreamName")
                    .build()));
    assertDoesNotThrow(
        () -> require("lambda", CreateFunctionRequest.builder().runtime("java99").build()));
    assertDoesNotThrow(() -> require("sns", CreateTopicRequest.builder().name("").build()));
  }
}
