package io.pipelab.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.ecr.Ecr;
import io.pipelab.local.ecs.Ecs;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FakeNetwork;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.process.GuardedProcesses;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.Gateway;
import io.pipelab.local.wire.TestLimits;
import io.pipelab.target.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Task;

/** From a jar to a task: an image is built, pushed into the registry, pulled from it, and runs. */
class ImageBuilderIT {
  private static final String ROLE = "arn:aws:iam::000000000000:role/execution";
  private static final Map<String, String> LOG_OPTIONS =
      Map.of(
          "awslogs-group", "/ecs/app",
          "awslogs-region", "us-east-1",
          "awslogs-stream-prefix", "ecs");

  private final ManualClock clock = new ManualClock();
  private final GuardedProcesses processes = new GuardedProcesses(Duration.ofSeconds(1));
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<Double> progress = Collections.synchronizedList(new ArrayList<>());
  private Path directory;
  private Gateway gateway;
  private Ecr registry;
  private Ecs cluster;
  private EcrClient ecr;
  private EcsClient ecs;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary.toRealPath();
    gateway = Gateway.bind(0, TestLimits.usual());
    CloudIdentity identity = new CloudIdentity("000000000000", "us-east-1", gateway.endpoint());
    registry = new Ecr(identity, clock, directory.resolve("blobs"));
    FakeNetwork network =
        new FakeNetwork().subnet("subnet-1", "vpc-1", "us-east-1a", "10.0.0.0/24");
    cluster =
        new Ecs(
            identity,
            clock,
            network,
            network,
            new NetworkTenants(),
            registry.containerImages(),
            processes,
            (role, session, service, lifetime) -> new RoleSessions.Keys("key", "secret", "token"),
            AccessControl.NONE,
            new Lines(lines),
            directory.resolve("ecs"));
    gateway.serve(
        "us-east-1",
        List.of(registry, cluster),
        List.of(registry.registry(), cluster.agentEndpoint()),
        key -> new AccessKey(new Caller.Anonymous(), null),
        AccessCheck.NONE,
        clock,
        call -> {});
    ecr = client(EcrClient.builder());
    ecs = client(EcsClient.builder());
    ecr.createRepository(request -> request.repositoryName("app"));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(gateway.endpoint())
        .region(Region.US_EAST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
        .build();
  }

  @AfterEach
  void stop() {
    ecr.close();
    ecs.close();
    gateway.close();
    cluster.close();
    processes.close();
    registry.close();
  }

  @Test
  void anImageIsBuiltOnceAndRunsAsATask() throws Exception {
    PublishedImage first = builder("cache").publish(recipe(), "app");
    assertTrue(first.pushed());
    assertEquals(1.0, progress.get(progress.size() - 1));
    PublishedImage again = builder("cache").publish(recipe(), "app");
    assertFalse(again.pushed());
    assertEquals(first.uri(), again.uri());
    ImageDetail stored = ecr.describeImages(r -> r.repositoryName("app")).imageDetails().get(0);
    assertEquals(first.digest(), stored.imageDigest());
    assertEquals(
        "application/vnd.docker.distribution.manifest.v2+json", stored.imageManifestMediaType());

    Task stopped = run(first.uri());
    assertEquals(0, stopped.containers().get(0).exitCode(), stopped.toString());
    assertEquals(first.digest(), stopped.containers().get(0).imageDigest());
    assertEquals(List.of("greetings from ip-10-0-0-4.ec2.internal"), lines);
  }

  @Test
  void theSameContentIsTheSameDigestWithoutAnythingOfBefore() throws Exception {
    PublishedImage first = builder("cache").publish(recipe(), "app");
    ecr.createRepository(request -> request.repositoryName("other"));
    PublishedImage elsewhere = builder("other-cache").publish(recipe(), "other");
    assertTrue(elsewhere.pushed());
    assertEquals(first.digest(), elsewhere.digest());
  }

  @Test
  void aRepositoryThatIsNotThereIsNamed() {
    Failure failure =
        assertThrows(Failure.class, () -> builder("cache").publish(recipe(), "missing"));
    assertEquals("there is no repository missing to push to", failure.what());
  }

  private ImageBuilder builder(String cache) {
    return new ImageBuilder(ecr, directory.resolve(cache), progress::add);
  }

  private ImageRecipe recipe() throws Exception {
    Path jar = TestJar.write(directory.resolve("greeter.jar"), Greeter.class);
    return new ImageRecipe(List.of(jar), Greeter.class.getName(), "");
  }

  private Task run(String image) {
    ecs.createCluster(request -> request.clusterName("demo"));
    ecs.registerTaskDefinition(
        request ->
            request
                .family("greeter")
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn(ROLE)
                .containerDefinitions(
                    container ->
                        container
                            .name("greeter")
                            .image(image)
                            .logConfiguration(
                                log -> log.logDriver(LogDriver.AWSLOGS).options(LOG_OPTIONS))));
    String task =
        ecs.runTask(
                request ->
                    request
                        .cluster("demo")
                        .taskDefinition("greeter")
                        .launchType(LaunchType.FARGATE)
                        .networkConfiguration(
                            network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1"))))
            .tasks()
            .get(0)
            .taskArn();
    return ecs.waiter()
        .waitUntilTasksStopped(
            request -> request.cluster("demo").tasks(task),
            waiting ->
                waiting
                    .maxAttempts(300)
                    .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(100))))
        .matched()
        .response()
        .orElseThrow()
        .tasks()
        .get(0);
  }

  private record Lines(List<String> lines) implements LogSink {
    @Override
    public void ensureGroup(String group) {}

    @Override
    public void append(String group, String stream, List<String> more) {
      lines.addAll(more);
    }
  }
}
