package io.pipelab.local.apigatewayv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceTypesTest {
  private final TestApi cloud = new TestApi();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aStackOfAllTypesServesAndGoes() throws Exception {
    ResourceRequest api = request("{\"Name\":\"jobs\",\"ProtocolType\":\"HTTP\"}");
    PhysicalResource made = type("Api").create(api);
    String id = made.physicalId();
    String endpoint = made.attributes().get("ApiEndpoint").asText();
    assertEquals(cloud.url(id, "").toString(), endpoint);
    assertEquals(Map.of("pipelab:lab", "offers"), cloud.client.getApi(get -> get.apiId(id)).tags());

    ResourceRequest integration =
        request(
            "{\"ApiId\":\""
                + id
                + "\",\"IntegrationType\":\"AWS_PROXY\",\"IntegrationUri\":\""
                + TestApi.FUNCTION
                + "\",\"PayloadFormatVersion\":\"2.0\","
                + "\"RequestParameters\":{\"overwrite:path\":\"$request.path\"}}");
    PhysicalResource integrated = type("Integration").create(integration);
    ResourceRequest route =
        request(
            "{\"ApiId\":\""
                + id
                + "\",\"RouteKey\":\"ANY /{proxy+}\",\"Target\":\"integrations/"
                + integrated.physicalId()
                + "\"}");
    PhysicalResource routed = type("Route").create(route);
    ResourceRequest stage =
        request(
            "{\"ApiId\":\""
                + id
                + "\",\"StageName\":\"dev\",\"AutoDeploy\":\"true\","
                + "\"DefaultRouteSettings\":{\"ThrottlingBurstLimit\":5,"
                + "\"ThrottlingRateLimit\":10}}");
    PhysicalResource staged = type("Stage").create(stage);
    assertEquals("dev", staged.physicalId());
    assertEquals(200, cloud.get(id, "/dev/v1/jobs").statusCode());
    assertEquals("/v1/jobs", cloud.event().path("rawPath").asText());

    type("Route")
        .update(
            routed,
            route,
            request(
                "{\"ApiId\":\""
                    + id
                    + "\",\"RouteKey\":\"GET /v2\",\"Target\":\"integrations/"
                    + integrated.physicalId()
                    + "\"}"));
    assertEquals(404, cloud.get(id, "/dev/v1/jobs").statusCode());
    assertEquals(200, cloud.get(id, "/dev/v2").statusCode());
    type("Stage").update(staged, stage, stage);
    assertEquals(200, cloud.get(id, "/dev/v2").statusCode());

    type("Stage").delete(staged, stage);
    type("Route").delete(routed, route);
    type("Integration").delete(integrated, integration);
    type("Api").delete(made, api);
    type("Route").delete(routed, route);
    assertTrue(cloud.client.getApis().items().isEmpty());
  }

  @Test
  void anApiWithATargetChangesItsRouteAndItsFunctionInPlace() throws Exception {
    String head = "{\"Name\":\"quick\",\"ProtocolType\":\"HTTP\",\"Target\":\"";
    ResourceRequest before = request(head + TestApi.FUNCTION + "\"}");
    PhysicalResource made = type("Api").create(before);
    String id = made.physicalId();
    assertEquals(200, cloud.get(id, "/anything").statusCode());
    String other = TestApi.FUNCTION + "-two";
    type("Api").update(made, before, request(head + other + "\",\"RouteKey\":\"GET /only\"}"));
    assertEquals(404, cloud.get(id, "/anything").statusCode());
    assertEquals(
        other, cloud.client.getIntegrations(get -> get.apiId(id)).items().get(0).integrationUri());
    assertEquals(
        "GET /only", cloud.client.getRoutes(get -> get.apiId(id)).items().get(0).routeKey());
    assertEquals("quick", cloud.client.getApi(get -> get.apiId(id)).name());
  }

  @Test
  void aDeploymentChangesItsDescriptionAndItsStageInPlace() throws Exception {
    String id =
        type("Api")
            .create(
                request(
                    "{\"Name\":\"jobs\",\"ProtocolType\":\"HTTP\",\"Target\":\""
                        + TestApi.FUNCTION
                        + "\"}"))
            .physicalId();
    cloud.client.createStage(create -> create.apiId(id).stageName("dev"));
    String head = "{\"ApiId\":\"" + id + "\",";
    ResourceRequest before = request(head + "\"Description\":\"one\"}");
    PhysicalResource made = type("Deployment").create(before);
    assertEquals(404, cloud.get(id, "/dev/x").statusCode());
    type("Deployment")
        .update(made, before, request(head + "\"Description\":\"two\",\"StageName\":\"dev\"}"));
    assertEquals(
        "two",
        cloud
            .client
            .getDeployment(get -> get.apiId(id).deploymentId(made.physicalId()))
            .description());
    assertEquals(200, cloud.get(id, "/dev/x").statusCode());
  }

  private ResourceType type(String name) {
    return cloud.service.resourceTypes().stream()
        .filter(each -> each.schema().typeName().equals("AWS::ApiGatewayV2::" + name))
        .findFirst()
        .orElseThrow();
  }

  private static ResourceRequest request(String properties) throws Exception {
    return new ResourceRequest(
        "stack-id",
        "stack",
        "Logical",
        (ObjectNode) TestApi.JSON.readTree(properties),
        Map.of("pipelab:lab", "offers"),
        "ABCDEF");
  }
}
