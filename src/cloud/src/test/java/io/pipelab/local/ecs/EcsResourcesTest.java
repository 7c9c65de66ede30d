package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

class EcsResourcesTest {
  private static final String DEFINITION =
      """
      {"Family": "fasttrack-saa-td", "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"],
       "Cpu": 256, "Memory": "512", "TaskRoleArn": "arn:task", "ExecutionRoleArn": "arn:execution",
       "RuntimePlatform": {"CpuArchitecture": "X86_64", "OperatingSystemFamily": "LINUX"},
       "ContainerDefinitions": [{"Name": "main", "Image": "app", "Essential": "true",
         "StopTimeout": "30", "Environment": [{"Name": "N", "Value": 250}],
         "LogConfiguration": {"LogDriver": "awslogs", "Options": {
           "awslogs-group": "/ecs/app", "awslogs-region": "us-east-1",
           "awslogs-stream-prefix": "ecs"}}}]}
      """;

  private TestEcs ecs;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    ecs = new TestEcs(temporary.toRealPath());
  }

  @AfterEach
  void stop() {
    ecs.close();
  }

  @Test
  void aTaskDefinitionIsBoundMemberByMember() throws Exception {
    PhysicalResource created = type("AWS::ECS::TaskDefinition").create(request(DEFINITION));
    assertEquals(
        "arn:aws:ecs:us-east-1:000000000000:task-definition/fasttrack-saa-td:1",
        created.physicalId());
    TaskDefinition definition = describe(created);
    assertEquals("256", definition.cpu());
    ContainerDefinition container = definition.containerDefinitions().get(0);
    assertEquals("250", container.environment().get(0).value());
    assertEquals("/ecs/app", container.logConfiguration().options().get("awslogs-group"));
    assertEquals(30, container.stopTimeout());
  }

  @Test
  void aDeletedTaskDefinitionIsInactive() throws Exception {
    ResourceRequest request = request(DEFINITION);
    PhysicalResource created = type("AWS::ECS::TaskDefinition").create(request);
    type("AWS::ECS::TaskDefinition").delete(created, request);
    assertEquals(TaskDefinitionStatus.INACTIVE, describe(created).status());
  }

  @Test
  void anUnknownNestedPropertyFailsByName() {
    AwsError e =
        assertThrows(
            AwsError.class,
            () ->
                type("AWS::ECS::TaskDefinition")
                    .create(request(DEFINITION.replace("\"StopTimeout\"", "\"StopTimeOff\""))));
    assertTrue(e.getMessage().contains("StopTimeOff"), e.getMessage());
  }

  @Test
  void aClusterComesAndGoes() throws Exception {
    ResourceType type = type("AWS::ECS::Cluster");
    ResourceRequest request =
        request(
            """
            {"ClusterName": "FastTrack",
             "ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]}
            """);
    PhysicalResource created = type.create(request);
    assertEquals("FastTrack", created.physicalId());
    assertEquals(
        "\"arn:aws:ecs:us-east-1:000000000000:cluster/FastTrack\"",
        String.valueOf(created.attributes().get("Arn")));
    AwsError e = assertThrows(AwsError.class, () -> type.create(request));
    assertEquals("AlreadyExists", e.code());
    type.delete(created, request);
    type.delete(created, request);
    type.create(request);
  }

  private TaskDefinition describe(PhysicalResource resource) {
    DescribeTaskDefinitionResponse response =
        ecs.call(
            DescribeTaskDefinitionRequest.builder().taskDefinition(resource.physicalId()).build());
    return response.taskDefinition();
  }

  private ResourceType type(String name) {
    return ecs.ecs.resourceTypes().stream()
        .filter(type -> type.schema().typeName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ResourceRequest request(String properties) throws Exception {
    return new ResourceRequest(
        "arn:stack",
        "stack",
        "Logical",
        (ObjectNode) new ObjectMapper().readTree(properties),
        Map.of("pipelab:lab", "decoupling"),
        "1ABC");
  }
}
