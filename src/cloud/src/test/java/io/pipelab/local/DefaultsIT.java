package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;

/**
 * What other tools send and read along with what they want: members set to AWS's own default are no
 * reason to refuse, and any other value of what is not implemented is refused by name.
 */
@Timeout(120)
final class DefaultsIT {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

  private final TestCloud cloud;

  DefaultsIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static void assertNotImplemented(String what, Executable call) {
    AwsServiceException refused = assertThrows(AwsServiceException.class, call);
    assertEquals("NotImplemented", refused.awsErrorDetails().errorCode());
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }

  @Test
  void anApiHasTheKeySelectionOfAllHttpApis() {
    try (ApiGatewayV2Client apis = cloud.client(ApiGatewayV2Client.builder())) {
      String key = "$request.header.x-api-key";
      String id =
          apis.createApi(
                  r -> r.name("a").protocolType(ProtocolType.HTTP).apiKeySelectionExpression(key))
              .apiId();
      assertEquals(key, apis.getApi(r -> r.apiId(id)).apiKeySelectionExpression());
      apis.updateApi(r -> r.apiId(id).apiKeySelectionExpression(key));
      assertNotImplemented(
          "ApiKeySelectionExpression",
          () ->
              apis.createApi(
                  r ->
                      r.name("b")
                          .protocolType(ProtocolType.HTTP)
                          .apiKeySelectionExpression("$context.authorizer.usageIdentifierKey")));
    }
  }

  @Test
  void noFunctionHasCodeSigning() throws Exception {
    String role = cloud.role("r", "AWSLambdaBasicExecutionRole");
    var code =
        cloud.code("F", "public class F { public String handle(Object o) { return \"f\"; } }");
    cloud.lambda.createFunction(
        r ->
            r.functionName("f")
                .runtime("java17")
                .handler("F::handle")
                .role(role)
                .code(c -> c.zipFile(code)));
    assertNull(
        cloud.lambda.getFunctionCodeSigningConfig(r -> r.functionName("f")).codeSigningConfigArn());
    assertThrows(
        ResourceNotFoundException.class,
        () -> cloud.lambda.getFunctionCodeSigningConfig(r -> r.functionName("g")));
  }

  @Test
  void noRoleIsInAnInstanceProfile() {
    cloud.iam.createRole(r -> r.roleName("r").assumeRolePolicyDocument(TRUST));
    assertEquals(
        List.of(), cloud.iam.listInstanceProfilesForRole(r -> r.roleName("r")).instanceProfiles());
    assertThrows(
        NoSuchEntityException.class,
        () -> cloud.iam.listInstanceProfilesForRole(r -> r.roleName("s")));
  }

  @Test
  void aVpcHasNoUsageMetricsAndNoInterfaces() {
    try (Ec2Client ec2 = cloud.client(Ec2Client.builder())) {
      String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
      ec2.modifyVpcAttribute(
          r -> r.vpcId(vpc).enableNetworkAddressUsageMetrics(v -> v.value(false)));
      assertFalse(
          ec2.describeVpcAttribute(
                  r ->
                      r.vpcId(vpc).attribute(VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS))
              .enableNetworkAddressUsageMetrics()
              .value());
      assertEquals(
          List.of(),
          ec2.describeNetworkInterfaces(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
              .networkInterfaces());
      assertNotImplemented(
          "EnableNetworkAddressUsageMetrics",
          () ->
              ec2.modifyVpcAttribute(
                  r -> r.vpcId(vpc).enableNetworkAddressUsageMetrics(v -> v.value(true))));
    }
  }

  @Test
  void aTopicLogsNoDeliveries() {
    String topic = cloud.sns.createTopic(r -> r.name("t")).topicArn();
    for (String protocol : List.of("Application", "Firehose", "HTTP", "Lambda", "SQS")) {
      setTopic(topic, protocol + "SuccessFeedbackRoleArn", "");
      setTopic(topic, protocol + "FailureFeedbackRoleArn", "");
      setTopic(topic, protocol + "SuccessFeedbackSampleRate", "0");
      assertNotImplemented(
          protocol + "FailureFeedbackRoleArn",
          () -> setTopic(topic, protocol + "FailureFeedbackRoleArn", "arn:aws:iam::1:role/r"));
    }
    assertEquals(
        "0",
        cloud
            .sns
            .getTopicAttributes(r -> r.topicArn(topic))
            .attributes()
            .get("SQSSuccessFeedbackSampleRate"));
    assertThrows(
        AwsServiceException.class, () -> setTopic(topic, "SQSSuccessFeedbackSampleRate", "101"));
    assertThrows(AwsServiceException.class, () -> setTopic(topic, "SQSFeedbackRoleArn", ""));
  }

  private void setTopic(String topic, String name, String value) {
    cloud.sns.setTopicAttributes(r -> r.topicArn(topic).attributeName(name).attributeValue(value));
  }

  @Test
  void aLifecycleSaysHowSmallObjectsMove() {
    cloud.s3.createBucket(r -> r.bucket("pictures"));
    LifecycleRule rule =
        LifecycleRule.builder()
            .id("all")
            .status(ExpirationStatus.ENABLED)
            .filter(f -> {})
            .expiration(e -> e.days(30))
            .build();
    for (TransitionDefaultMinimumObjectSize least :
        TransitionDefaultMinimumObjectSize.knownValues()) {
      cloud.s3.putBucketLifecycleConfiguration(
          r ->
              r.bucket("pictures")
                  .transitionDefaultMinimumObjectSize(least)
                  .lifecycleConfiguration(c -> c.rules(rule)));
      var kept = cloud.s3.getBucketLifecycleConfiguration(r -> r.bucket("pictures"));
      assertEquals(least, kept.transitionDefaultMinimumObjectSize());
      assertEquals(List.of(rule), kept.rules());
    }
    cloud.s3.putBucketLifecycleConfiguration(
        r -> r.bucket("pictures").lifecycleConfiguration(c -> c.rules(rule)));
    assertEquals(
        TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K,
        cloud
            .s3
            .getBucketLifecycleConfiguration(r -> r.bucket("pictures"))
            .transitionDefaultMinimumObjectSize());
  }
}
