package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What docs/DEVIATIONS.md says of several services, asked of the whole cloud. */
@Timeout(300)
final class KnownDeviationsIT {
  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  /** Refused as what is not implemented, with a text that says what. */
  private static void byName(String what, Executable call) {
    AwsServiceException error = assertThrows(AwsServiceException.class, call);
    assertEquals(501, error.statusCode(), error.getMessage());
    assertTrue(error.getMessage().contains(what), error.getMessage());
  }

  @Test
  void mappingsHaveNoFilters() {
    byName(
        "FilterCriteria",
        () ->
            cloud.lambda.createEventSourceMapping(
                r ->
                    r.functionName("f")
                        .eventSourceArn(cloud.arn("sqs", "q"))
                        .filterCriteria(c -> c.filters(f -> f.pattern("{\"body\":[\"x\"]}")))));
  }

  @Test
  void failedEventsDoNotGoToBuckets() {
    byName(
        "S3 destinations of functions",
        () ->
            cloud.lambda.putFunctionEventInvokeConfig(
                r ->
                    r.functionName("f")
                        .destinationConfig(
                            c -> c.onFailure(f -> f.destination("arn:aws:s3:::bucket")))));
  }

  @Test
  void secretsAreNotRotatedNorReplicated() {
    try (SecretsManagerClient secrets = cloud.client(SecretsManagerClient.builder())) {
      secrets.createSecret(r -> r.name("s").secretString("x").kmsKeyId("alias/any"));
      assertEquals("alias/any", secrets.describeSecret(r -> r.secretId("s")).kmsKeyId());
      byName("RotateSecret", () -> secrets.rotateSecret(r -> r.secretId("s")));
      byName(
          "ReplicateSecretToRegions",
          () ->
              secrets.replicateSecretToRegions(
                  r -> r.secretId("s").addReplicaRegions(a -> a.region("eu-west-1"))));
      byName(
          "PutResourcePolicy",
          () -> secrets.putResourcePolicy(r -> r.secretId("s").resourcePolicy("{}")));
    }
  }

  @Test
  void routesLeadToInternetAndNatGatewaysAlone() {
    try (Ec2Client ec2 = cloud.client(Ec2Client.builder())) {
      String vpc = ec2.createVpc(r -> r.cidrBlock("10.1.0.0/16")).vpc().vpcId();
      String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
      byName(
          "TransitGatewayId",
          () ->
              ec2.createRoute(
                  r ->
                      r.routeTableId(table)
                          .destinationCidrBlock("10.9.0.0/16")
                          .transitGatewayId("tgw-0123456789abcdef0")));
    }
  }

  @Test
  void imagesAreNotScanned() {
    try (EcrClient ecr = cloud.client(EcrClient.builder())) {
      ecr.createRepository(
          r -> r.repositoryName("known").imageScanningConfiguration(s -> s.scanOnPush(true)));
      byName(
          "StartImageScan",
          () -> ecr.startImageScan(r -> r.repositoryName("known").imageId(i -> i.imageTag("x"))));
      byName(
          "CreatePullThroughCacheRule",
          () ->
              ecr.createPullThroughCacheRule(
                  r -> r.ecrRepositoryPrefix("pub").upstreamRegistryUrl("public.ecr.aws")));
    }
  }

  @Test
  void databasesHaveNoStandbyNorIops() {
    try (RdsClient rds = cloud.client(RdsClient.builder())) {
      byName(
          "MultiAZ",
          () ->
              rds.createDBInstance(
                  r ->
                      r.dbInstanceIdentifier("d")
                          .engine("mysql")
                          .dbInstanceClass("db.t3.micro")
                          .allocatedStorage(20)
                          .masterUsername("admin")
                          .masterUserPassword("password1")
                          .multiAZ(true)));
    }
  }

  @Test
  void stagesDoNotThrottle() throws Exception {
    try (ApiGatewayV2Client apis = cloud.client(ApiGatewayV2Client.builder())) {
      String api = apis.createApi(r -> r.name("a").protocolType(ProtocolType.HTTP)).apiId();
      apis.createStage(
          r ->
              r.apiId(api)
                  .stageName("$default")
                  .stageVariables(Map.of())
                  .defaultRouteSettings(s -> s.throttlingRateLimit(1.0).throttlingBurstLimit(1)));
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest call =
          HttpRequest.newBuilder(cloud.endpoint.resolve("/_api/" + api + "/x")).build();
      for (int i = 0; i < 10; i++) {
        assertEquals(404, client.send(call, HttpResponse.BodyHandlers.ofString()).statusCode());
      }
      assertEquals(
          1.0,
          apis.getStage(r -> r.apiId(api).stageName("$default"))
              .defaultRouteSettings()
              .throttlingRateLimit());
    }
  }
}
