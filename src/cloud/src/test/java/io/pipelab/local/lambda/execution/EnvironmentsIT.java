package io.pipelab.local.lambda.execution;

import static io.pipelab.local.lambda.execution.HandlerJar.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.kernel.StepThreads;
import io.pipelab.local.process.GuardedProcesses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs real function processes, without any other service. */
@Timeout(300)
final class EnvironmentsIT {
  private static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:9"));
  private static final String ARN = CLOUD.arn("lambda", "function:demo");
  private static final String GROUP = "/aws/lambda/demo";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final ManualClock clock = new ManualClock();
  private final RecordedLogs logs = new RecordedLogs();
  private final NetworkTenants tenants = new NetworkTenants();
  private final GuardedProcesses processes = new GuardedProcesses(Duration.ZERO);
  private final DeploymentPackages packages;
  private final Executor steps = StepThreads.named("steps", 4);
  private final EnvironmentLauncher launcher;
  private final Environments environments;
  private int requests;

  /** Whether environments that start now fail when they are closed. */
  private volatile boolean endsBadly;

  EnvironmentsIT(@TempDir Path directory) {
    this.directory = directory;
    this.packages = new DeploymentPackages(directory.resolve("code"));
    this.launcher =
        new EnvironmentLauncher(
            directory.resolve("run"),
            this::start,
            clock,
            CLOUD,
            logs,
            (role, session, service, lifetime) ->
                new RoleSessions.Keys("AKIDTEST", "secret", "token"),
            tenants,
            vpc ->
                new NetworkTenants.Site.Vpc(
                    vpc.subnets().get(0), vpc.securityGroups(), "10.0.1.4", false));
    this.environments = new Environments(launcher, clock, 3, Duration.ofMinutes(1), steps);
  }

  private Process start(List<String> command, Map<String, String> variables, Path folder, int cpu)
      throws IOException {
    Process process = processes.start(command, variables, folder);
    boolean environment = command.contains("io.pipelab.local.lambda.runtime.Bootstrap");
    return environment && endsBadly ? new EndsBadly(process) : process;
  }

  @AfterEach
  void endProcesses() {
    environments.close();
    processes.close();
  }

  @Test
  void warmEnvironmentIsUsedAgain() throws Exception {
    FunctionSpec spec = obedient("one");
    assertEquals("1", invoke(spec, "{\"do\":\"count\"}"));
    assertEquals("2", invoke(spec, "{\"do\":\"count\"}"));
    assertEquals(1, logs.streams(GROUP).size());
    assertEquals("1", invoke(obedient("two"), "{\"do\":\"count\"}"));
  }

  @Test
  void logHasLambdasLinesAndTheFunctionsInOrder() throws Exception {
    InvocationResult result = run(obedient("one"), "{\"do\":\"print\"}");
    List<String> lines = logs.events(GROUP);
    assertTrue(lines.get(0).startsWith("INIT_START Runtime Version: java17"), lines::toString);
    assertEquals(
        List.of(
            "START RequestId: id-1 Version: $LATEST",
            "out",
            "err",
            "no end of line",
            "one\nevent",
            "END RequestId: id-1"),
        lines.subList(1, 7));
    String report = lines.get(7);
    assertTrue(
        report.matches(
            "REPORT RequestId: id-1\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size:"
                + " 256 MB\t(Max Memory Used: \\d+ MB\t)?Init Duration: [\\d.]+ ms\t"),
        report);
    assertTrue(result.logTail().startsWith("START RequestId: id-1"), result.logTail());
    assertTrue(logs.streams(GROUP).get(0).matches("2026/11/21/\\[\\$LATEST][0-9a-f]{32}"));
    run(obedient("one"), "{\"do\":\"print\"}");
    assertFalse(logs.events(GROUP).get(14).contains("Init Duration"), logs.events(GROUP)::toString);
  }

  @Test
  void functionSeesItsEnvironment() throws Exception {
    JsonNode env = JSON.readTree(invoke(obedient("one"), "{\"do\":\"env\"}"));
    assertEquals("of the user", env.path("MINE").asText());
    assertEquals("AKIDTEST", env.path("AWS_ACCESS_KEY_ID").asText());
    assertEquals("token", env.path("AWS_SESSION_TOKEN").asText());
    assertEquals("http://127.0.0.1:9", env.path("AWS_ENDPOINT_URL").asText());
    assertEquals("us-east-1", env.path("AWS_REGION").asText());
    assertEquals("AWS_Lambda_java17", env.path("AWS_EXECUTION_ENV").asText());
    assertEquals("Obedient", env.path("_HANDLER").asText());
    assertFalse(env.has("HOME"), "nothing is inherited");
    String api = env.path("AWS_LAMBDA_RUNTIME_API").asText();
    assertTrue(api.matches("127\\.0\\.0\\.1:\\d+/[0-9a-f]{64}"), api);
    long pid = Long.parseLong(invoke(obedient("one"), "{\"do\":\"pid\"}"));
    String secret = api.substring(api.indexOf('/') + 1);
    String listed = ProcessHandle.of(pid).orElseThrow().info().commandLine().orElse("");
    assertFalse(listed.contains(secret), "anybody reads the process list");
    JsonNode context = JSON.readTree(invoke(obedient("one"), "{\"do\":\"context\"}"));
    assertEquals("id-3", context.path("id").asText());
    assertEquals(ARN, context.path("arn").asText());
    assertEquals(256, context.path("memory").asInt());
    assertTrue(context.path("left").asBoolean());
    int heap = Integer.parseInt(invoke(obedient("one"), "{\"do\":\"heap\"}"));
    assertTrue(heap > 150 && heap < 256, "heap " + heap);
  }

  @Test
  void exceptionIsAnErrorDocumentAndTheEnvironmentStays() throws Exception {
    FunctionSpec spec = obedient("one");
    InvocationResult result = run(spec, "{\"do\":\"throw\"}");
    JsonNode error = JSON.readTree(result.payload());
    assertEquals("Unhandled", result.functionError());
    assertEquals("asked \"to\" throw", error.path("errorMessage").asText());
    assertEquals("java.lang.IllegalStateException", error.path("errorType").asText());
    assertEquals(1, error.path("stackTrace").size());
    assertTrue(error.path("stackTrace").path(0).asText().startsWith("Obedient.handleRequest("));
    assertTrue(
        result.logTail().contains("java.lang.IllegalStateException: asked \"to\" throw\n\tat Obed"),
        result.logTail());
    assertEquals("2", invoke(spec, "{\"do\":\"count\"}"));
  }

  @Test
  void timeoutKillsTheProcess() throws Exception {
    FunctionSpec spec = spec("one", obedientCode(), "Obedient", Duration.ofSeconds(1));
    long pid = Long.parseLong(invoke(spec, "{\"do\":\"pid\"}"));
    InvocationResult result = run(spec, "{\"do\":\"sleep\"}");
    JsonNode error = JSON.readTree(result.payload());
    assertEquals("Sandbox.Timedout", error.path("errorType").asText());
    assertTrue(
        error
            .path("errorMessage")
            .asText()
            .matches("2026-11-21T03:00:00.000Z id-2 Task timed out after 1\\.\\d\\d seconds"),
        error::toString);
    assertTrue(result.logTail().contains("Task timed out after 1."), result.logTail());
    assertTrue(result.logTail().contains("Status: timeout"), result.logTail());
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    assertEquals("1", invoke(spec, "{\"do\":\"count\"}"));
  }

  @Test
  void processThatEndsIsReportedAndReplaced() throws Exception {
    FunctionSpec spec = obedient("one");
    JsonNode error = JSON.readTree(invoke(spec, "{\"do\":\"exit\"}"));
    assertEquals("Runtime.ExitError", error.path("errorType").asText());
    assertEquals(
        "RequestId: id-1 Error: Runtime exited with error: exit status 3",
        error.path("errorMessage").asText());
    assertEquals("1", invoke(spec, "{\"do\":\"count\"}"));
  }

  @Test
  void memoryIsLimited() throws Exception {
    FunctionSpec spec = obedient("one");
    JsonNode error = JSON.readTree(invoke(spec, "{\"do\":\"fill\"}"));
    assertEquals("java.lang.OutOfMemoryError", error.path("errorType").asText());
    assertEquals("1", invoke(spec, "{\"do\":\"count\"}"), "the process was replaced");
  }

  @Test
  void answerThatIsTooLargeIsAnError() throws Exception {
    JsonNode error = JSON.readTree(invoke(obedient("one"), "{\"do\":\"big\"}"));
    assertEquals("Function.ResponseSizeTooLarge", error.path("errorType").asText());
    String count = invoke(obedient("one"), "{\"do\":\"count\"}");
    assertEquals("2", count, () -> logs.events(GROUP).toString());
  }

  @Test
  void manyEventsGoThroughOneEnvironment() throws Exception {
    FunctionSpec spec = obedient("one");
    for (int i = 1; i <= 500; i++) {
      assertEquals(Integer.toString(i), invoke(spec, "{\"do\":\"count\"}"));
    }
  }

  @Test
  void oneThatDoesNotEndCleanlyDoesNotKeepTheOthers() throws Exception {
    long kept = Long.parseLong(invoke(obedient("kept"), "{\"do\":\"pid\"}"));
    endsBadly = true;
    long newest = Long.parseLong(invoke(obedient("newest"), "{\"do\":\"pid\"}"));
    environments.retire(ARN, null);
    assertFalse(ProcessHandle.of(newest).map(ProcessHandle::isAlive).orElse(false));
    assertFalse(ProcessHandle.of(kept).map(ProcessHandle::isAlive).orElse(false));
    assertEquals(0, environments.alive());
  }

  @Test
  void handlerThatIsMissingIsNamed() throws Exception {
    FunctionSpec spec = spec("one", obedientCode(), "no.Such", Duration.ofSeconds(60));
    InvocationResult result = run(spec, "{}");
    JsonNode error = JSON.readTree(result.payload());
    assertEquals("Class not found: no.Such", error.path("errorMessage").asText());
    assertEquals("java.lang.ClassNotFoundException", error.path("errorType").asText());
    assertTrue(result.logTail().contains("INIT_REPORT Init Duration"), result.logTail());
  }

  @Test
  void methodsStreamsAndEventClassesAreHandlersToo() throws Exception {
    String source =
        """
        import java.io.*;
        public class Forms {
          public static class Order { public int size; public String name; }
          public String greet(String name) { return "hello " + name; }
          public Order grow(Order order) { order.size++; return order; }
          public void copy(InputStream in, OutputStream out) throws IOException { in.transferTo(out); }
          public void nothing() { }
        }
        """;
    byte[] code = HandlerJar.of("Forms", source, directory);
    assertEquals("\"hello you\"", invoke(method(code, "greet"), "\"you\""));
    assertEquals(
        "{\"size\":2,\"name\":\"n\"}", invoke(method(code, "grow"), "{\"size\":1,\"name\":\"n\"}"));
    assertEquals("[1,2]", invoke(method(code, "copy"), "[1,2]"));
    assertEquals("null", invoke(method(code, "nothing"), "{}"));
    String missing = invoke(method(code, "missing"), "{}");
    assertTrue(missing.contains("No public method named missing"), missing);
    String unreadable = invoke(method(code, "grow"), "\"text\"");
    assertTrue(unreadable.contains("An error occurred during JSON parsing"), unreadable);
  }

  @Test
  void filesAndLibrariesOfTheArchiveAreThere() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("lib/inner.jar", HandlerJar.of("Inner", "public class Inner { }", directory));
    entries.put("data/note.txt", utf8("a note"));
    entries.putAll(
        HandlerJar.classes(
            "Reads",
            """
            import java.nio.file.*;
            public class Reads {
              public String read() throws Exception {
                Class.forName("Inner");
                return Files.readString(Path.of(System.getenv("LAMBDA_TASK_ROOT"), "data/note.txt"))
                    + Files.readString(Path.of("data/note.txt"));
              }
            }
            """,
            directory));
    FunctionSpec spec = spec("one", HandlerJar.zip(entries), "Reads::read", Duration.ofSeconds(60));
    assertEquals("\"a notea note\"", invoke(spec, "{}"));
  }

  @Test
  void parallelEventsGetProcessesOfTheirOwnUpToTheLimit() throws Exception {
    FunctionSpec spec = obedient("one");
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try {
      List<Future<String>> pids = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        pids.add(callers.submit(() -> invoke(spec, "{\"do\":\"work\"}")));
      }
      HashSet<String> distinct = new HashSet<>();
      for (Future<String> pid : pids) {
        distinct.add(pid.get());
      }
      assertTrue(distinct.size() > 1 && distinct.size() <= 3, distinct::toString);
      assertTrue(environments.alive() <= 3);
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void whoFindsNoPlaceInTimeIsThrottled() throws Exception {
    FunctionSpec spec = obedient("one");
    try (Environments one = new Environments(launcher, clock, 1, Duration.ofMillis(200), steps)) {
      CompletableFuture<InvocationResult> first =
          one.invoke(spec, new Invocation(nextId(), ARN, utf8("{\"do\":\"sleep\"}")));
      CompletableFuture<InvocationResult> second =
          one.invoke(spec, new Invocation(nextId(), ARN, utf8("{\"do\":\"count\"}")));
      AwsError error = assertThrows(AwsError.class, () -> AsyncAction.join(second));
      assertEquals("TooManyRequestsException", error.code());
      assertFalse(first.isDone());
    }
  }

  @Test
  void whoWaitsWhenTheCloudClosesIsRefused() throws Exception {
    FunctionSpec spec = obedient("one");
    List<CompletableFuture<InvocationResult>> sleeping = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sleeping.add(begin(spec, "{\"do\":\"sleep\"}"));
    }
    CompletableFuture<InvocationResult> waiting = begin(spec, "{\"do\":\"count\"}");
    environments.close();
    AwsError error = assertThrows(AwsError.class, () -> AsyncAction.join(waiting));
    assertEquals("the embedded cloud is shutting down", error.getMessage());
    for (CompletableFuture<InvocationResult> each : sleeping) {
      assertEquals("Unhandled", each.get(60, TimeUnit.SECONDS).functionError());
    }
  }

  @Test
  void laterProcessesStartFromAnArchiveThatGoesWithTheCode() throws Exception {
    FunctionSpec spec = obedient("one");
    invoke(spec, "{\"do\":\"count\"}");
    Path archive = ClassArchives.archive(((LayeredCode) spec.code()).archive());
    while (!Files.exists(archive)) { // the test's own timeout ends it
      TimeUnit.MILLISECONDS.sleep(20);
    }
    environments.retire(ARN, "$LATEST");
    long pid = Long.parseLong(invoke(spec, "{\"do\":\"pid\"}"));
    List<String> command =
        List.of(ProcessHandle.of(pid).orElseThrow().info().arguments().orElse(new String[0]));
    assertTrue(command.contains("-XX:SharedArchiveFile=" + archive), command::toString);
    assertEquals(0, versionFromArchive(command), "the archive is of this class path and JVM");
    environments.retire(ARN, "$LATEST");
    spec.code().release();
    assertFalse(Files.exists(archive));
  }

  /** The exit code of a JVM that ends when it cannot use the archive. */
  private static int versionFromArchive(List<String> command) throws Exception {
    List<String> version = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    version.addAll(command.subList(0, command.size() - 1));
    version.addAll(List.of("-Xshare:on", "-version"));
    return new ProcessBuilder(version)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void idleEnvironmentsEndAndRetiredOnesAreNotUsedAgain() throws Exception {
    FunctionSpec spec = obedient("one");
    long pid = Long.parseLong(invoke(spec, "{\"do\":\"pid\"}"));
    String tmp = JSON.readTree(invoke(spec, "{\"do\":\"tmp\"}")).asText();
    assertTrue(Files.isDirectory(Path.of(tmp)));
    clock.advance(Duration.ofMinutes(12));
    assertEquals(0, environments.alive());
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    assertFalse(Files.exists(Path.of(tmp)));

    String first = invoke(spec, "{\"do\":\"pid\"}");
    environments.retire(ARN, "$LATEST");
    assertEquals(0, environments.alive());
    assertNotEquals(first, invoke(spec, "{\"do\":\"pid\"}"));
  }

  @Test
  void deletedLogGroupIsNotMadeAgainByAWarmFunction() throws Exception {
    invoke(obedient("one"), "{\"do\":\"print\"}");
    logs.delete(GROUP);
    assertEquals("2", invoke(obedient("one"), "{\"do\":\"count\"}"));
    assertEquals(List.of(), logs.streams(GROUP));
  }

  private byte[] obedientCode() throws Exception {
    return HandlerJar.of(TestHandler.NAME, TestHandler.SOURCE, directory);
  }

  private FunctionSpec obedient(String revision) throws Exception {
    return spec(revision, obedientCode(), TestHandler.NAME, Duration.ofSeconds(60));
  }

  private FunctionSpec method(byte[] code, String method) {
    return spec(method, code, "Forms::" + method, Duration.ofSeconds(60));
  }

  private FunctionSpec spec(String revision, byte[] code, String handler, Duration timeout) {
    return new FunctionSpec(
        "demo",
        ARN,
        "$LATEST",
        revision,
        new Program.Handler(
            "java17",
            handler,
            new LayeredCode(packages.add(new ByteArrayInputStream(code)), List.of())),
        256,
        timeout,
        Map.of("MINE", "of the user"),
        CLOUD.globalArn("iam", "role/r"),
        GROUP,
        Optional.empty());
  }

  private String invoke(FunctionSpec spec, String event) throws Exception {
    return new String(run(spec, event).payload(), StandardCharsets.UTF_8);
  }

  private synchronized String nextId() {
    return "id-" + ++requests;
  }

  private InvocationResult run(FunctionSpec spec, String event) {
    return AsyncAction.join(begin(spec, event));
  }

  private CompletableFuture<InvocationResult> begin(FunctionSpec spec, String event) {
    return environments.invoke(spec, new Invocation(nextId(), ARN, utf8(event)));
  }
}
