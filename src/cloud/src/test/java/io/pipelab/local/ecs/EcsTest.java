package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class EcsTest {
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
  void clustersComeAndGo() {
    ecs.call(CreateClusterRequest.builder().build());
    ListClustersResponse listed = ecs.call(ListClustersRequest.builder().build());
    assertEquals(
        List.of(
            "arn:aws:ecs:us-east-1:000000000000:cluster/default",
            "arn:aws:ecs:us-east-1:000000000000:cluster/demo"),
        listed.clusterArns());
    ecs.call(DeleteClusterRequest.builder().cluster("demo").build());
    DescribeClustersResponse described =
        ecs.call(
            DescribeClustersRequest.builder()
                .clusters("demo", "never")
                .include(ClusterField.STATISTICS)
                .build());
    assertEquals("INACTIVE", described.clusters().get(0).status());
    assertEquals("MISSING", described.failures().get(0).reason());
    refused("ClusterNotFoundException", "Cluster not found.", TestEcs.runTask().build());
  }

  @Test
  void aClusterInUseIsNotDeleted() throws Exception {
    ecs.register("wait");
    Task task = ecs.run();
    refused(
        "ClusterContainsTasksException",
        "The Cluster cannot be deleted while Tasks are active.",
        DeleteClusterRequest.builder().cluster("demo").build());
    ecs.await(task, now -> now.lastStatus().equals("RUNNING"));
    DescribeClustersResponse described =
        ecs.call(DescribeClustersRequest.builder().clusters("demo").build());
    assertEquals(1, described.clusters().get(0).runningTasksCount());
  }

  @Test
  void revisionsCountUpAndAreNeverUsedAgain() {
    ecs.register("say");
    ecs.register("say");
    assertEquals("family:2", latest());
    ecs.call(deregister("family:2"));
    assertEquals("family:1", latest());
    DeleteTaskDefinitionsResponse deleted =
        ecs.call(
            DeleteTaskDefinitionsRequest.builder().taskDefinitions("family:1", "family:2").build());
    assertEquals(
        TaskDefinitionStatus.DELETE_IN_PROGRESS, deleted.taskDefinitions().get(0).status());
    assertTrue(deleted.failures().get(0).reason().contains("still in ACTIVE status"));
    ecs.register("say");
    assertEquals("family:3", latest());
    ListTaskDefinitionsResponse listed =
        ecs.call(ListTaskDefinitionsRequest.builder().sort(SortOrder.DESC).build());
    assertEquals(
        List.of("family:3", "family:1"),
        listed.taskDefinitionArns().stream().map(Tasks::id).toList());
    ListTaskDefinitionFamiliesResponse families =
        ecs.call(ListTaskDefinitionFamiliesRequest.builder().build());
    assertEquals(List.of("family"), families.families());
  }

  private String latest() {
    DescribeTaskDefinitionResponse described =
        ecs.call(DescribeTaskDefinitionRequest.builder().taskDefinition("family").build());
    return Tasks.id(described.taskDefinition().taskDefinitionArn());
  }

  private static DeregisterTaskDefinitionRequest deregister(String reference) {
    return DeregisterTaskDefinitionRequest.builder().taskDefinition(reference).build();
  }

  @Test
  void registeringRefusesWhatFargateRefuses() {
    refused(
        "ClientException",
        "No Fargate configuration exists",
        ecs.definition(c -> {}).memory("4096").build());
    refused(
        "ClientException",
        "execution role ARN to support log driver awslogs",
        ecs.definition(c -> {}).executionRoleArn(null).build());
    refused(
        "ClientException",
        "any essential container",
        ecs.definition(c -> c.essential(false)).build());
    refused("ClientException", "Container.image", ecs.definition(c -> c.image("")).build());
    refused("ClientException", "Family", ecs.definition(c -> {}).family("a b").build());
    refused("ClientException", "Revision is missing.", deregister("family"));
  }

  @Test
  void whatIsNotImplementedFailsByName() {
    refused(
        "NotImplemented",
        "the log driver splunk",
        ecs.definition(c -> c.logConfiguration(l -> l.logDriver("splunk"))).build());
  }

  @Test
  void runTaskRefusesWhatEcsRefuses() {
    ecs.register("say");
    refused(
        "InvalidParameterException",
        "count cannot be greater than 10.",
        TestEcs.runTask().count(11).build());
    refused(
        "InvalidParameterException",
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        TestEcs.runTask()
            .networkConfiguration(
                software.amazon.awssdk.services.ecs.model.NetworkConfiguration.builder().build())
            .build());
    refused(
        "InvalidParameterException",
        "No Container Instances",
        TestEcs.runTask().launchType(LaunchType.EC2).build());
    refused(
        "InvalidParameterException",
        "Override for container named other",
        TestEcs.runTask().overrides(o -> o.containerOverrides(c -> c.name("other"))).build());
    refused(
        "ClientException",
        "TaskDefinition not found.",
        TestEcs.runTask().taskDefinition("none").build());
    refused(
        "ClientException",
        "unable to assume the role 'arn:aws:iam::000000000000:role/other'",
        TestEcs.runTask()
            .overrides(o -> o.taskRoleArn("arn:aws:iam::000000000000:role/other"))
            .build());
  }

  @Test
  void fiftyTasksRunAtATimeAndNoMore() throws Exception {
    ecs.call(ecs.definition(container -> container.image("slow")).build());
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RunTaskResponse response = ecs.call(TestEcs.runTask().count(10).build());
      tasks.addAll(response.tasks());
    }
    RunTaskResponse nine = ecs.call(TestEcs.runTask().count(9).build());
    tasks.addAll(nine.tasks());
    String limit = "You've reached the limit on the number of vCPUs you can run concurrently";
    refused("ClientException", limit, TestEcs.runTask().count(2).build());
    tasks.add(ecs.run());
    refused("ClientException", limit, TestEcs.runTask().build());
    ecs.pulls.countDown();
    for (Task task : tasks) {
      ecs.awaitStopped(task);
    }
    ecs.run();
  }

  @Test
  void aHundredTasksAreDescribedAtATime() {
    List<String> ids = new ArrayList<>(Collections.nCopies(100, "0".repeat(32)));
    DescribeTasksRequest.Builder request = DescribeTasksRequest.builder().cluster("demo");
    DescribeTasksResponse response = ecs.call(request.tasks(ids).build());
    assertEquals(100, response.failures().size());
    ids.add("0".repeat(32));
    refused(
        "InvalidParameterException",
        "Tasks can have at most 100 items.",
        request.tasks(ids).build());
  }

  @Test
  void anErrorOnTheWayStopsTheTask() throws Exception {
    ecs.call(ecs.definition(container -> container.image("error")).build());
    Task stopped = ecs.awaitStopped(ecs.run());
    assertEquals("InternalError: no such class", stopped.stoppedReason());
    assertEquals(TaskStopCode.TASK_FAILED_TO_START, stopped.stopCode());
  }

  @Test
  void aClientTokenStartsTheTasksOnce() {
    ecs.register("exit", "0");
    RunTaskResponse first = ecs.call(TestEcs.runTask().clientToken("t").count(2).build());
    RunTaskResponse again = ecs.call(TestEcs.runTask().clientToken("t").count(2).build());
    RunTaskResponse other = ecs.call(TestEcs.runTask().clientToken("u").count(2).build());
    assertEquals(arns(first), arns(again));
    assertNotEquals(arns(first), arns(other));
    refused(
        "ConflictException", "already in use", TestEcs.runTask().clientToken("t").count(3).build());
  }

  private static List<String> arns(RunTaskResponse response) {
    return response.tasks().stream().map(Task::taskArn).toList();
  }

  @Test
  void tasksAreListedByFamilyStateAndStarter() throws Exception {
    ecs.register("wait");
    RunTaskResponse mine = ecs.call(TestEcs.runTask().startedBy("me").build());
    Task running = ecs.run();
    ecs.call(ecs.definition(c -> c.image("none")).family("broken").build());
    RunTaskResponse broken = ecs.call(TestEcs.runTask().taskDefinition("broken").build());
    Task stopped = ecs.awaitStopped(broken.tasks().get(0));
    assertEquals(
        List.of(mine.tasks().get(0).taskArn(), running.taskArn()),
        list(ListTasksRequest.builder()));
    assertEquals(
        List.of(mine.tasks().get(0).taskArn()), list(ListTasksRequest.builder().startedBy("me")));
    assertEquals(
        List.of(stopped.taskArn()),
        list(ListTasksRequest.builder().desiredStatus(DesiredStatus.STOPPED)));
    assertEquals(List.of(), list(ListTasksRequest.builder().family("broken")));
  }

  private List<String> list(ListTasksRequest.Builder request) {
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      ListTasksResponse page =
          ecs.call(request.cluster("demo").maxResults(1).nextToken(token).build());
      all.addAll(page.taskArns());
      token = page.nextToken();
    } while (token != null);
    return all;
  }

  private void refused(String code, String message, SdkPojo request) {
    AwsError e = assertThrows(AwsError.class, () -> ecs.call(request));
    assertEquals(code, e.code(), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
