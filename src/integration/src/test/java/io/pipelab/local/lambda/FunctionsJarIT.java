package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.played.PlayedTasks;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.Gateway;
import io.pipelab.local.wire.TestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** The jar that ships to AWS runs here, with nothing else of pipelab on its class path. */
@Timeout(300)
final class FunctionsJarIT {
  private static final Path JAR = Path.of("src/functions/decoupling/target/pipelab-decoupling.jar");
  private static final String EVENT =
      """
      {"Records": [{"EventSource": "aws:sns", "Sns": {"MessageId": "message-1",
        "Message": "{\\"AlarmName\\": \\"backlog\\", \\"NewStateValue\\": \\"ALARM\\"}"}}]}
      """;

  private final PlayedTasks tasks = new PlayedTasks();
  private final Gateway gateway;
  private final LambdaFixture cloud;

  FunctionsJarIT(@TempDir Path directory) throws IOException {
    this.gateway = Gateway.bind(0, TestLimits.usual());
    this.cloud = new LambdaFixture(directory, gateway.endpoint());
    gateway.serve(
        "us-east-1",
        List.of(tasks),
        List.of(),
        key -> new AccessKey(new Caller.Operator("arn:aws:iam::000000000000:user/x", key), null),
        AccessCheck.NONE,
        cloud.clock,
        call -> {});
  }

  @BeforeEach
  void jarIsBuilt() {
    assumeTrue(Files.exists(JAR), "built by Maven's package phase");
  }

  @AfterEach
  void close() {
    cloud.close();
    gateway.close();
  }

  @Test
  void startTasksCallsEcsWithTheFunctionsOwnKeys() throws Exception {
    cloud.call(startTasks().build());
    InvokeResponse response =
        cloud.call(
            InvokeRequest.builder()
                .functionName("start")
                .payload(SdkBytes.fromUtf8String(EVENT))
                .build());
    assertEquals("{\"tasks\":[\"task-1\",\"task-2\"]}", response.payload().asUtf8String());
    assertEquals(List.of("AKIDTEST"), tasks.callers);
    assertEquals("message-1", tasks.requests.get(0).clientToken());
    List<String> log = cloud.logs.events("/aws/lambda/start");
    assertTrue(log.contains("started task task-1"), log::toString);
    List<String> own =
        log.stream()
            .filter(line -> !line.matches("(?s)(INIT_START|START|END|REPORT) .*"))
            .filter(line -> !line.startsWith("alarm ") && !line.startsWith("started task "))
            .toList();
    assertEquals(List.of(), own, "libraries print nothing");
  }

  private CreateFunctionRequest.Builder startTasks() throws Exception {
    byte[] jar = Files.readAllBytes(JAR);
    assertTrue(jar.length < 50 << 20, "Lambda takes at most 50 MB directly");
    return cloud
        .plain("start")
        .handler("io.pipelab.functions.StartTasks::handleRequest")
        .memorySize(512)
        .environment(
            environment ->
                environment.variables(
                    Map.of(
                        "CLUSTER", "cluster",
                        "TASK_DEFINITION", "family:1",
                        "SUBNETS", "subnet-1,subnet-2",
                        "SECURITY_GROUPS", "sg-1",
                        "TASK_COUNT", "2")))
        .code(code -> code.zipFile(SdkBytes.fromByteArray(jar)));
  }
}
