package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class ServicesTest {
  private TestEcs ecs;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    ecs = new TestEcs(temporary.toRealPath());
  }

  @AfterEach
  void stop() {
    ecs.close();
  }

  private static CreateServiceRequest.Builder create(int count) {
    return CreateServiceRequest.builder()
        .cluster("demo")
        .serviceName("web")
        .taskDefinition("family")
        .launchType(LaunchType.FARGATE)
        .desiredCount(count)
        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")));
  }

  private static UpdateServiceRequest.Builder update() {
    return UpdateServiceRequest.builder().cluster("demo").service("web");
  }

  private Service described() {
    DescribeServicesResponse response =
        ecs.call(
            DescribeServicesRequest.builder()
                .cluster("demo")
                .services("web")
                .include(ServiceField.TAGS)
                .build());
    return response.services().get(0);
  }

  /** Waits, in real time, until the service is as the test wants it. */
  private Service await(Predicate<Service> condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    Service now = described();
    while (!condition.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + now);
      }
      TimeUnit.MILLISECONDS.sleep(20);
      now = described();
    }
    return now;
  }

  private static boolean steady(Service service) {
    return !service.events().isEmpty() && text(service, 0).endsWith("has reached a steady state.");
  }

  private static String text(Service service, int event) {
    return service.events().get(event).message();
  }

  private List<String> tasks() {
    ListTasksResponse response =
        ecs.call(ListTasksRequest.builder().cluster("demo").serviceName("web").build());
    return response.taskArns();
  }

  private Task task(String arn) {
    DescribeTasksResponse response =
        ecs.call(
            DescribeTasksRequest.builder()
                .cluster("demo")
                .tasks(arn)
                .include(TaskField.TAGS)
                .build());
    return response.tasks().get(0);
  }

  private void refused(String code, String message, SdkPojo request) {
    AwsError error = assertThrows(AwsError.class, () -> ecs.call(request));
    assertEquals(code, error.code(), error.getMessage());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void asManyTasksRunAsAreWished() throws Exception {
    ecs.register("wait");
    ecs.call(
        create(2)
            .tags(Tag.builder().key("team").value("x").build())
            .propagateTags(PropagateTags.SERVICE)
            .build());
    Service service = await(ServicesTest::steady);
    assertEquals("arn:aws:ecs:us-east-1:000000000000:service/demo/web", service.serviceArn());
    assertEquals("ACTIVE", service.status());
    assertEquals(2, service.runningCount());
    assertEquals(0, service.pendingCount());
    Deployment deployment = service.deployments().get(0);
    assertEquals("PRIMARY", deployment.status());
    assertEquals(DeploymentRolloutState.COMPLETED, deployment.rolloutState());
    assertEquals(
        "ECS deployment " + deployment.id() + " completed.", deployment.rolloutStateReason());
    assertEquals(
        "(service web) (deployment " + deployment.id() + ") deployment completed.",
        text(service, 1));
    List<String> tasks = tasks();
    assertEquals(
        "(service web) has started 2 tasks: (task "
            + Tasks.id(tasks.get(0))
            + ") (task "
            + Tasks.id(tasks.get(1))
            + ").",
        text(service, 2));
    Task task = task(tasks.get(0));
    assertEquals("service:web", task.group());
    assertEquals(deployment.id(), task.startedBy());
    assertTrue(deployment.id().matches("ecs-svc/\\d{19}"), deployment.id());
    assertEquals("team", task.tags().get(0).key());
    DescribeClustersResponse cluster =
        ecs.call(DescribeClustersRequest.builder().clusters("demo").build());
    assertEquals(1, cluster.clusters().get(0).activeServicesCount());
  }

  @Test
  void aTaskThatIsStoppedIsReplaced() throws Exception {
    ecs.register("wait");
    ecs.call(create(1).build());
    await(ServicesTest::steady);
    String first = tasks().get(0);
    ecs.call(StopTaskRequest.builder().cluster("demo").task(first).build());
    Service service = await(now -> now.events().size() == 5 && steady(now));
    assertNotEquals(first, tasks().get(0));
    assertTrue(text(service, 1).contains("has started 1 tasks: "), text(service, 1));
    assertEquals(1, service.deployments().size());
  }

  @Test
  void aNewDefinitionTakesOverTaskByTask() throws Exception {
    ecs.register("wait");
    ecs.call(create(2).build());
    Service before = await(ServicesTest::steady);
    List<String> former = tasks();
    ecs.register("wait", "again");
    ecs.call(update().taskDefinition("family").build());
    Service service =
        await(
            now ->
                steady(now) // still what it said before, until the update was looked at
                    && now.deployments().size() == 1
                    && !now.taskDefinition().equals(before.taskDefinition()));
    assertTrue(service.taskDefinition().endsWith("family:2"), service.taskDefinition());
    Set<String> both = new HashSet<>(tasks());
    both.retainAll(former);
    assertEquals(Set.of(), both);
    Task stopped = task(former.get(0));
    assertEquals(TaskStopCode.SERVICE_SCHEDULER_INITIATED, stopped.stopCode());
    assertEquals(
        "Scaling activity initiated by (deployment " + service.deployments().get(0).id() + ")",
        stopped.stoppedReason());
    List<String> events = service.events().stream().map(ServiceEvent::message).toList();
    int started = indexOf(events, "has started 2 tasks");
    int halted = indexOf(events, "running tasks: ");
    // Newest first: with at least 100 percent healthy the new ones come before the old ones go.
    assertTrue(halted < started, events.toString());
  }

  private static int indexOf(List<String> events, String text) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no " + text + " in " + events);
  }

  private static long completed(Service service) {
    return service.events().stream()
        .filter(event -> event.message().contains("deployment completed"))
        .count();
  }

  @Test
  void neverMoreThanTheMostAndNeverLessThanTheLeast() throws Exception {
    ecs.register("wait");
    ecs.call(
        create(2)
            .deploymentConfiguration(c -> c.maximumPercent(100).minimumHealthyPercent(50))
            .build());
    await(ServicesTest::steady);
    ecs.call(update().forceNewDeployment(true).build());
    // The one of the beginning is there already.
    Service service = await(now -> steady(now) && completed(now) == 2);
    List<String> events = service.events().stream().map(ServiceEvent::message).toList();
    // One goes, then one comes, and again.
    assertEquals(
        2, events.stream().filter(event -> event.contains("has stopped 1 running tasks")).count());
    assertEquals(2, events.stream().filter(event -> event.contains("has started 1 tasks")).count());
  }

  @Test
  void whatCannotStartIsTriedEverLater() throws Exception {
    ecs.call(ecs.definition(container -> container.image("none")).build());
    ecs.call(create(1).build());
    await(now -> now.deployments().get(0).failedTasks() == 1);
    assertEquals(1, described().events().size());
    ecs.clock.advance(Duration.ofSeconds(9));
    assertEquals(1, described().events().size());
    ecs.clock.advance(Duration.ofSeconds(1));
    Service service = await(now -> now.deployments().get(0).failedTasks() == 2);
    assertTrue(
        text(service, 0).contains("is unable to consistently start tasks successfully."),
        text(service, 0));
    assertEquals(DeploymentRolloutState.IN_PROGRESS, service.deployments().get(0).rolloutState());
    ecs.clock.advance(Duration.ofSeconds(19));
    assertEquals(2, described().deployments().get(0).failedTasks());
    ecs.clock.advance(Duration.ofSeconds(1));
    await(now -> now.deployments().get(0).failedTasks() == 3);
  }

  @Test
  void aServiceIsScaledAndDeleted() throws Exception {
    ecs.register("wait");
    ecs.call(create(2).build());
    await(ServicesTest::steady);
    DeleteServiceRequest delete =
        DeleteServiceRequest.builder().cluster("demo").service("web").build();
    refused(
        "InvalidParameterException",
        "The service cannot be stopped while it is scaled above 0.",
        delete);
    refused(
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.",
        DeleteClusterRequest.builder().cluster("demo").build());
    ecs.call(update().desiredCount(1).build());
    await(now -> now.runningCount() == 1 && steady(now));
    ecs.call(update().desiredCount(0).build());
    await(now -> now.runningCount() == 0 && steady(now));
    ecs.call(delete);
    await(now -> now.status().equals("INACTIVE"));
    ListServicesResponse listed = ecs.call(ListServicesRequest.builder().cluster("demo").build());
    assertEquals(List.of(), listed.serviceArns());
    refused("ServiceNotActiveException", "Service was not ACTIVE.", update().build());
    refused("ServiceNotFoundException", "Service not found.", delete);
    ecs.call(DeleteClusterRequest.builder().cluster("demo").build());
  }

  @Test
  void createServiceRefusesWhatEcsRefuses() throws Exception {
    ecs.register("wait");
    ecs.call(create(0).clientToken("t").build());
    ecs.call(create(0).clientToken("t").build());
    refused(
        "InvalidParameterException",
        "Creation of service was not idempotent.",
        create(0).clientToken("t").desiredCount(1).build());
    CreateServiceRequest.Builder other = create(1).serviceName("other");
    refused("ClientException", "TaskDefinition not found.", other.taskDefinition("none").build());
    other.taskDefinition("family");
    refused(
        "InvalidParameterException",
        "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block"
            + " deployments.",
        other.deploymentConfiguration(c -> c.maximumPercent(100)).build());
    refused("NotImplemented", "launch type EC2", create(1).launchType((String) null).build());
    refused(
        "InvalidParameterException",
        "Network Configuration must be provided",
        create(1)
            .networkConfiguration(
                software.amazon.awssdk.services.ecs.model.NetworkConfiguration.builder().build())
            .build());
    refused("ClusterNotFoundException", "Cluster not found.", create(1).cluster("none").build());
    DescribeServicesResponse missing =
        ecs.call(DescribeServicesRequest.builder().cluster("demo").services("none").build());
    assertEquals("MISSING", missing.failures().get(0).reason());
    assertEquals(
        "arn:aws:ecs:us-east-1:000000000000:service/demo/none", missing.failures().get(0).arn());
  }

  @Test
  void aDefinitionForInstancesIsRegisteredAndNotRun() {
    RegisterTaskDefinitionResponse registered =
        ecs.call(
            ecs.definition(container -> container.memory(128))
                .requiresCompatibilities(List.of())
                .networkMode(NetworkMode.BRIDGE)
                .cpu(null)
                .memory(null)
                .build());
    assertEquals(
        List.of("EXTERNAL", "EC2"), registered.taskDefinition().compatibilitiesAsStrings());
    refused(
        "InvalidParameterException",
        "Task definition does not support launch_type FARGATE.",
        TestEcs.runTask().build());
    refused(
        "InvalidParameterException",
        "Task definition does not support launch_type FARGATE.",
        create(1).build());
    refused(
        "InvalidParameterException",
        "No Container Instances were found in your cluster.",
        TestEcs.runTask().launchType(LaunchType.EC2).build());
    refused(
        "ClientException",
        "Invalid setting for container 'main'. At least one of 'memory' or 'memoryReservation'"
            + " must be specified.",
        ecs.definition(container -> {})
            .requiresCompatibilities(List.of())
            .networkMode(NetworkMode.BRIDGE)
            .cpu(null)
            .memory(null)
            .build());
  }

  @Test
  void aStackWaitsForTheSteadyStateAndForTheEnd() throws Exception {
    ecs.register("wait");
    ResourceType type =
        ecs.ecs.resourceTypes().stream()
            .filter(each -> each.schema().typeName().equals("AWS::ECS::Service"))
            .findFirst()
            .orElseThrow();
    ResourceRequest request = request("1");
    PhysicalResource created = type.create(request);
    assertEquals("arn:aws:ecs:us-east-1:000000000000:service/demo/web", created.physicalId());
    type.awaitStable(created, request);
    assertEquals(1, described().runningCount());
    ResourceRequest two = request("2");
    type.awaitStable(type.update(created, request, two), two);
    assertEquals(2, described().runningCount());
    type.delete(created, two);
    assertEquals("INACTIVE", described().status());
    assertEquals(List.of(), tasks());
    type.delete(created, two);
  }

  private static ResourceRequest request(String count) throws Exception {
    String properties =
        """
        {"Cluster": "demo", "ServiceName": "web", "TaskDefinition": "family",
         "LaunchType": "FARGATE", "DesiredCount": "%s",
         "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": ["subnet-1"]}}}
        """
            .formatted(count);
    return new ResourceRequest(
        "arn:stack",
        "stack",
        "Logical",
        (ObjectNode) new ObjectMapper().readTree(properties),
        Map.of(),
        "1ABC");
  }

  @Test
  void nothingIsStartedAgainWhenTheCloudStops() throws Exception {
    ecs.register("wait");
    ecs.call(create(1).build());
    await(ServicesTest::steady);
    ecs.close();
    assertFalse(ecs.environments.size() > 1, "a task was started again");
  }
}
