package io.pipelab.local.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.container.TestLayer;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ContainerImages;
import io.pipelab.local.kernel.FakeNetwork;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.kernel.ToldEvents;
import io.pipelab.local.process.GuardedProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** ECS with everything around it faked, but the processes: those are real. */
final class TestEcs
    implements AutoCloseable, ContainerImages, ChildProcesses, RoleSessions, LogSink {
  static final String ROLE = "arn:aws:iam::000000000000:role/task";
  static final CloudIdentity IDENTITY =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));

  final List<ToldEvents.Told> told = new CopyOnWriteArrayList<>();
  final ManualClock clock = new ManualClock();
  final Set<String> groups = ConcurrentHashMap.newKeySet();
  final Map<String, List<String>> streams = new ConcurrentHashMap<>();

  /** Until it is zero, tasks of the image "slow" are PENDING. */
  final CountDownLatch pulls = new CountDownLatch(1);

  final List<Map<String, String>> environments = new ArrayList<>();
  private final Map<String, Image> images = new HashMap<>();
  private final GuardedProcesses processes = new GuardedProcesses(Duration.ofSeconds(1));
  final NetworkTenants tenants = new NetworkTenants();

  /** Two subnets of one VPC, and one of another. */
  final FakeNetwork network;

  final Ecs ecs;

  TestEcs(Path directory) throws IOException {
    network =
        new FakeNetwork()
            .subnet("subnet-1", "vpc-1", "us-east-1a", "10.0.0.0/24")
            .subnet("subnet-2", "vpc-1", "us-east-1c", "10.42.2.0/28")
            .subnet("subnet-3", "vpc-2", "us-east-1a", "10.43.0.0/28")
            .group("sg-1", "vpc-1");
    ecs =
        new Ecs(
            IDENTITY,
            clock,
            network,
            network,
            tenants,
            this,
            this,
            this,
            AccessControl.NONE,
            this,
            directory.resolve("ecs"));
    ecs.connect(new ToldEvents(told));
    groups.add("/ecs/app");
    images.put("app", image(directory, "[\"java\", \"-cp\", \"/app/*:/app/classes\"]"));
    images.put("shell", image(directory, "[\"/bin/sh\", \"-c\"]"));
    call(CreateClusterRequest.builder().clusterName("demo").build());
  }

  private static Image image(Path directory, String entryPoint) throws IOException {
    String program = TestProgram.class.getName().replace('.', '/') + ".class";
    try (InputStream in =
        Objects.requireNonNull(TestProgram.class.getResourceAsStream("TestProgram.class"))) {
      Path layer =
          new TestLayer()
              .file("app/classes/" + program, in.readAllBytes(), 0644)
              .file("app/config.txt", "configured")
              .write(Files.createTempFile(directory, "layer", ".tar.gz"));
      String config =
          """
          {"architecture": "amd64", "os": "linux",
           "config": {"Entrypoint": %s, "Cmd": ["%s", "say", "hello"], "WorkingDir": "/app",
                      "Env": ["IMAGE_VARIABLE=image", "GREETING=image"]}}
          """
              .formatted(entryPoint, TestProgram.class.getName());
      return new Image(
          "sha256:" + entryPoint.hashCode(),
          "",
          new ObjectMapper().readTree(config),
          List.of(layer));
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the table is by request class
  <I extends SdkPojo, O extends SdkPojo> O call(I request) {
    Action<I, O> action =
        (Action<I, O>) Objects.requireNonNull(ecs.actions().byRequest().get(request.getClass()));
    return action.handle(request, new Caller.Operator("arn:aws:iam::000000000000:user/me", "key"));
  }

  RegisterTaskDefinitionRequest.Builder definition(Consumer<ContainerDefinition.Builder> change) {
    ContainerDefinition.Builder container =
        ContainerDefinition.builder()
            .name("main")
            .image("app")
            .logConfiguration(
                log ->
                    log.logDriver(LogDriver.AWSLOGS)
                        .options(
                            Map.of(
                                "awslogs-group", "/ecs/app",
                                "awslogs-region", "us-east-1",
                                "awslogs-stream-prefix", "ecs")));
    change.accept(container);
    return RegisterTaskDefinitionRequest.builder()
        .family("family")
        .cpu("256")
        .memory("512")
        .networkMode(NetworkMode.AWSVPC)
        .requiresCompatibilities(Compatibility.FARGATE)
        .taskRoleArn(ROLE)
        .executionRoleArn(ROLE)
        .containerDefinitions(container.build());
  }

  /** Registers a definition whose program gets these arguments. */
  void register(String... arguments) {
    List<String> command = new ArrayList<>(List.of(TestProgram.class.getName()));
    command.addAll(List.of(arguments));
    call(definition(container -> container.command(command).stopTimeout(1)).build());
  }

  static RunTaskRequest.Builder runTask() {
    return RunTaskRequest.builder()
        .cluster("demo")
        .taskDefinition("family")
        .launchType(LaunchType.FARGATE)
        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")));
  }

  Task run() {
    software.amazon.awssdk.services.ecs.model.RunTaskResponse response = call(runTask().build());
    return response.tasks().get(0);
  }

  Task describe(Task task) {
    DescribeTasksResponse response =
        call(DescribeTasksRequest.builder().cluster("demo").tasks(task.taskArn()).build());
    return response.tasks().get(0);
  }

  /** Waits, in real time, until the task is as the test wants it. */
  Task await(Task task, Predicate<Task> condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    Task now = describe(task);
    while (!condition.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + now);
      }
      TimeUnit.MILLISECONDS.sleep(20);
      now = describe(task);
    }
    return now;
  }

  Task awaitStopped(Task task) throws InterruptedException {
    return await(task, now -> now.lastStatus().equals("STOPPED"));
  }

  List<String> log(Task task) {
    return streams.getOrDefault("ecs/main/" + Tasks.id(task.taskArn()), List.of());
  }

  @Override
  public Image pull(String uri, Caller.ServicePrincipal service) {
    if (uri.equals("slow")) {
      awaitPulls();
    } else if (uri.equals("error")) {
      throw new LinkageError("no such class");
    }
    Image image = images.get(uri);
    if (image == null) {
      throw AwsError.badRequest("ImageNotFoundException", uri + ": not found");
    }
    return image;
  }

  private void awaitPulls() {
    try {
      pulls.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Process start(
      List<String> command, Map<String, String> environment, Path directory, int cpu)
      throws IOException {
    synchronized (environments) {
      environments.add(environment);
    }
    return processes.start(command, environment, directory, cpu);
  }

  @Override
  public Keys issue(String roleArn, String sessionName, String service, Duration lifetime) {
    if (!roleArn.equals(ROLE) || !service.equals("ecs-tasks.amazonaws.com")) {
      throw AwsError.accessDenied("AccessDenied", "no");
    }
    return new Keys("ASIA" + sessionName, "secret", "token");
  }

  @Override
  public void ensureGroup(String group) {
    groups.add(group);
  }

  @Override
  public void append(String group, String stream, List<String> lines) {
    if (!groups.contains(group)) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    streams
        .computeIfAbsent(stream, ignored -> new java.util.concurrent.CopyOnWriteArrayList<>())
        .addAll(lines);
  }

  @Override
  public void close() {
    pulls.countDown();
    ecs.close();
    processes.close();
  }
}
