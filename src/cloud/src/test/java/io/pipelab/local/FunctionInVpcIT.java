package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** What a function in a VPC reaches: what its network leads to, and nothing else. */
@Timeout(300)
final class FunctionInVpcIT {
  /**
   * Calls a service that its event names. That the signature is wrong does not matter: who gets an
   * answer has reached the service.
   */
  private static final String HANDLER =
      """
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpResponse;
      import java.util.Map;

      public class Caller {
        private final HttpClient http = HttpClient.newHttpClient();

        public Object handle(Map<String, Object> event) throws Exception {
          String scope = "AKID/20261121/us-east-1/" + event.get("service") + "/aws4_request";
          HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("AWS_ENDPOINT_URL") + "/"))
              .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + scope
                  + ", SignedHeaders=host, Signature=0")
              .POST(HttpRequest.BodyPublishers.ofString("Action=Nothing"))
              .build();
          http.send(request, HttpResponse.BodyHandlers.ofString());
          return "heard";
        }
      }
      """;

  private static TestCloud cloud;
  private static Ec2Client ec2;
  private static String vpc;
  private static String subnet;
  private static String group;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    cloud = new TestCloud(directory);
    ec2 = cloud.client(Ec2Client.builder());
    vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(on -> on.value(true)));
    subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.0.1.0/24")).subnet().subnetId();
    group = group("function");
    String role = cloud.role("in-vpc", "AWSLambdaVPCAccessExecutionRole");
    SdkBytes code = cloud.code("Caller", HANDLER);
    cloud.lambda.createFunction(
        r ->
            r.functionName("caller")
                .runtime("java17")
                .handler("Caller::handle")
                .role(role)
                .memorySize(1024)
                .timeout(4)
                .vpcConfig(v -> v.subnetIds(subnet).securityGroupIds(group))
                .code(c -> c.zipFile(code)));
  }

  @AfterAll
  static void stop() {
    ec2.close();
    cloud.close();
  }

  private static String group(String name) {
    return ec2.createSecurityGroup(r -> r.groupName(name).description(name).vpcId(vpc)).groupId();
  }

  @Test
  void aServiceIsReachedByItsEndpointAlone() {
    assertEquals(
        List.of("lambda"),
        ec2
            .describeNetworkInterfaces(r -> r.filters(f -> f.name("subnet-id").values(subnet)))
            .networkInterfaces()
            .stream()
            .map(NetworkInterface::interfaceTypeAsString)
            .toList());
    assertTimesOut("sns");

    String endpoint = group("endpoint");
    IpPermission https =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(443)
            .toPort(443)
            .userIdGroupPairs(peer -> peer.groupId(group))
            .build();
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(endpoint).ipPermissions(https));
    ec2.createVpcEndpoint(
        r ->
            r.vpcId(vpc)
                .serviceName("com.amazonaws.us-east-1.sns")
                .vpcEndpointType(VpcEndpointType.INTERFACE)
                .subnetIds(subnet)
                .securityGroupIds(endpoint));
    assertEquals("\"heard\"", invoke("sns"));
    assertTimesOut("sqs");

    ec2.revokeSecurityGroupIngress(r -> r.groupId(endpoint).ipPermissions(https));
    assertTimesOut("sns");

    RouteTable main =
        ec2.describeRouteTables(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
            .routeTables()
            .get(0);
    ec2.createVpcEndpoint(
        r ->
            r.vpcId(vpc)
                .serviceName("com.amazonaws.us-east-1.s3")
                .routeTableIds(main.routeTableId()));
    assertEquals("\"heard\"", invoke("s3"));
    assertTimesOut("dynamodb");
  }

  private static String invoke(String service) {
    return cloud
        .lambda
        .invoke(
            r ->
                r.functionName("caller")
                    .payload(SdkBytes.fromUtf8String("{\"service\":\"" + service + "\"}")))
        .payload()
        .asUtf8String();
  }

  private static void assertTimesOut(String service) {
    String answer = invoke(service);
    assertTrue(answer.contains("Task timed out after 4."), answer);
  }
}
