package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FakeNetwork;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.lambda.execution.HandlerJar;
import io.pipelab.local.lambda.execution.RecordedLogs;
import io.pipelab.local.lambda.execution.TestHandler;
import io.pipelab.local.lambda.execution.TestImages;
import io.pipelab.local.process.GuardedProcesses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The Lambda service with every port recorded; processes start only when a function runs. */
final class LambdaFixture implements AutoCloseable {
  static final Caller OPERATOR = new Caller.Operator("arn:aws:iam::000000000000:user/me", "AK");

  /** What was sent to a queue or a topic. */
  record Sent(
      String target, String body, Map<String, MessageAttributeValue> attributes, Caller caller) {}

  final CloudIdentity cloud;
  final ManualClock clock = new ManualClock();
  final RecordedLogs logs = new RecordedLogs();
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final List<String> metrics = new CopyOnWriteArrayList<>();

  /** What was put on a bus. */
  record OnBus(
      String bus, String source, String detailType, List<String> resources, String detail) {}

  final BlockingQueue<OnBus> buses = new LinkedBlockingQueue<>();
  final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

  final TestImages images;
  final FakeNetwork network =
      new FakeNetwork()
          .subnet("subnet-1", "vpc-1", "us-east-1a", "10.0.1.0/24")
          .subnet("subnet-2", "vpc-1", "us-east-1b", "10.0.2.0/24")
          .subnet("subnet-3", "vpc-2", "us-east-1a", "10.1.0.0/24")
          .group("sg-1", "vpc-1")
          .group("sg-2", "vpc-1")
          .group("sg-3", "vpc-2");

  /** No role can be assumed any more, so that no function runs. */
  volatile boolean rolesGone;

  /** A function's process lives from now on and never asks for an event. */
  volatile boolean neverAsking;

  /** The processes and the receives that were begun. */
  final Semaphore started = new Semaphore(0);

  final Semaphore receives = new Semaphore(0);

  final Lambda lambda;
  private final Path directory;
  private final GuardedProcesses processes = new GuardedProcesses(Duration.ZERO);

  LambdaFixture(Path directory) {
    this(directory, URI.create("http://127.0.0.1:9"));
  }

  LambdaFixture(Path directory, URI endpoint) {
    this.directory = directory;
    this.images = new TestImages(directory);
    this.cloud = new CloudIdentity("000000000000", "us-east-1", endpoint);
    this.lambda =
        new Lambda(
            cloud,
            clock,
            directory.resolve("lambda"),
            this::start,
            this::keys,
            LambdaFixture::decide,
            logs,
            (bucket, key, version) -> {
              byte[] object = objects.get(bucket + "/" + key);
              if (object == null) {
                throw AwsError.notFound("NoSuchKey", "The specified key does not exist.");
              }
              return new ByteArrayInputStream(object);
            },
            (namespace, metric, dimensions, value, unit) -> {
              if (dimensions.size() == 1) {
                metrics.add(namespace + " " + metric + " " + dimensions + " " + Math.round(value));
              }
            },
            new RecordedQueues(),
            (topic, subject, message, caller) -> {
              sent.add(new Sent(topic, message, Map.of(), caller));
              return "message-id";
            },
            images,
            network,
            network,
            new NetworkTenants());
    lambda.connect(
        (bus, source, detailType, resources, detail) ->
            buses.add(new OnBus(bus, source, detailType, resources, detail)));
  }

  /** Roles may do everything, but {@code bare} nothing and {@code no-ACTION} all but that. */
  private static Optional<AccessControl.Refusal> decide(AccessControl.Use use, String requestId) {
    String arn = use.caller().arn();
    String action = use.action().substring(use.action().indexOf(':') + 1);
    return arn.contains("/bare/") || arn.contains("/no-" + action + "/")
        ? Optional.of(new AccessControl.Refusal("", use, "because the test says so"))
        : Optional.empty();
  }

  private Process start(List<String> command, Map<String, String> environment, Path folder, int cpu)
      throws IOException {
    started.release();
    return processes.start(
        neverAsking ? List.of("sleep", "1000") : command, environment, folder, cpu);
  }

  private RoleSessions.Keys keys(String role, String session, String service, Duration lifetime) {
    if (rolesGone || role.endsWith("/missing")) {
      throw AwsError.accessDenied("AccessDenied", role + " does not exist");
    }
    return new RoleSessions.Keys("AKIDTEST", "secret", "token");
  }

  /** Calls an action as the operator. */
  <O extends SdkPojo> O call(SdkPojo request) {
    return call(request, OPERATOR);
  }

  <O extends SdkPojo> O call(SdkPojo request, Caller caller) {
    return this.<O>action(request).handle(request, caller);
  }

  /** Starts an action as the operator. */
  <O extends SdkPojo> CompletableFuture<O> begin(SdkPojo request) {
    return this.<O>action(request).begin(request, OPERATOR).toCompletableFuture();
  }

  @SuppressWarnings("unchecked") // the table holds an action of the request's class
  private <O extends SdkPojo> Action<SdkPojo, O> action(SdkPojo request) {
    Action<SdkPojo, O> action =
        (Action<SdkPojo, O>) lambda.actions().byRequest().get(request.getClass());
    if (action == null) {
      throw new IllegalArgumentException("no action for " + request.getClass());
    }
    return action;
  }

  /** A request for a function that would do if it ran: its code is an archive of one text. */
  CreateFunctionRequest.Builder plain(String name) throws Exception {
    return request(name, HandlerJar.zip(Map.of("note.txt", HandlerJar.utf8("no code"))));
  }

  /** A request for a function that is an image. */
  CreateFunctionRequest.Builder image(String name, String uri) {
    return CreateFunctionRequest.builder()
        .functionName(name)
        .packageType("Image")
        .role(cloud.globalArn("iam", "role/works"))
        .timeout(20)
        .memorySize(256)
        .code(code -> code.imageUri(uri));
  }

  /** A request for {@link TestHandler}. */
  CreateFunctionRequest.Builder obedient(String name) throws Exception {
    return request(name, HandlerJar.of(TestHandler.NAME, TestHandler.SOURCE, directory));
  }

  private CreateFunctionRequest.Builder request(String name, byte[] zip) {
    return CreateFunctionRequest.builder()
        .functionName(name)
        .runtime("java17")
        .handler(TestHandler.NAME)
        .role(cloud.globalArn("iam", "role/works"))
        .timeout(20)
        .memorySize(256)
        .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)));
  }

  /** How many archives lie on the disk. */
  long storedPackages() throws IOException {
    try (Stream<Path> folders = Files.list(directory.resolve("lambda").resolve("code"))) {
      return folders.count();
    }
  }

  String arn(String function) {
    return cloud.arn("lambda", "function:" + function);
  }

  @Override
  public void close() {
    lambda.close();
    processes.close();
  }

  private final class RecordedQueues implements MessageQueues {
    @Override
    public String send(
        String queue,
        String body,
        Map<String, MessageAttributeValue> attributes,
        Grouping grouping,
        Caller caller) {
      sent.add(new Sent(queue, body, attributes, caller));
      return "message-id";
    }

    @Override
    public CompletableFuture<List<Message>> receive(
        String queueArn, int max, int waitSeconds, Caller caller) {
      receives.release();
      return new CompletableFuture<>();
    }

    @Override
    public void delete(String queueArn, List<String> receiptHandles, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void changeVisibility(
        String queueArn, List<String> receiptHandles, int seconds, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<QueueAttributeName, String> attributes(String queueArn) {
      return Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "900");
    }
  }
}
