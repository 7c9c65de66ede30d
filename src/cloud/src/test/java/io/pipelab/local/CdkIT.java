package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pipelab.local.lambda.execution.HandlerJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/**
 * CDK's command and library against the embedded cloud. Nothing comes from the network: where
 * {@code aws-cdk} and {@code aws-cdk-lib} are not installed, globally or in the folder that {@code
 * PIPELAB_CDK} names, the test is skipped.
 */
@Timeout(900)
final class CdkIT {
  private static final String FUNCTION =
      "public class Echo { public String handle(Object event) { return \"here\"; } }";

  private final TestCloud cloud;
  private final Path directory;

  CdkIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    Path state = Files.createDirectories(directory.resolve("cloud"));
    this.cloud = new TestCloud(state);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  /** The folder of modules that has CDK. */
  private static Path modules() {
    List<Path> candidates = new ArrayList<>();
    Optional.ofNullable(System.getenv("PIPELAB_CDK"))
        .ifPresent(folder -> candidates.add(Path.of(folder).resolve("node_modules")));
    candidates.add(Path.of(System.getProperty("user.home")).resolve("node_modules"));
    candidates.add(Path.of("/usr/local/lib/node_modules"));
    candidates.add(Path.of("/usr/lib/node_modules"));
    Optional<Path> found =
        candidates.stream()
            .filter(each -> Files.exists(each.resolve("aws-cdk/bin/cdk")))
            .filter(each -> Files.isDirectory(each.resolve("aws-cdk-lib")))
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "CDK is not installed: `npm install aws-cdk aws-cdk-lib constructs` in a folder, and"
            + " PIPELAB_CDK=FOLDER");
    return found.get();
  }

  @Test
  void anAppIsDeployedUpdatedAndDestroyed() throws Exception {
    Path modules = modules();
    Path app = Files.createDirectories(directory.resolve("app"));
    Files.createSymbolicLink(app.resolve("node_modules"), modules);
    Files.writeString(app.resolve("cdk.json"), "{\"app\": \"node app.js\"}");
    try (var in = CdkIT.class.getResourceAsStream("/cdk/app.js")) {
      Files.write(app.resolve("app.js"), Objects.requireNonNull(in).readAllBytes());
    }
    Files.write(app.resolve("code.zip"), HandlerJar.of("Echo", FUNCTION, directory));

    cdk(app, 256, "bootstrap", "aws://000000000000/us-east-1");
    cdk(app, 256, "deploy", "--require-approval", "never");
    FunctionConfiguration function = function();
    assertEquals(256, function.memorySize());
    assertEquals(1, cloud.lambda.listEventSourceMappings().eventSourceMappings().size());
    assertEquals(
        "\"here\"",
        cloud.lambda.invoke(r -> r.functionName(function.functionName())).payload().asUtf8String());

    cdk(app, 512, "deploy", "--require-approval", "never");
    assertEquals(512, function().memorySize());
    assertTrue(cdk(app, 512, "deploy", "--require-approval", "never").contains("(no changes)"));

    cdk(app, 512, "destroy", "--force");
    assertEquals(List.of(), cloud.lambda.listFunctions().functions());
    assertEquals(List.of(), cloud.sqs.listQueues().queueUrls());
    assertEquals(List.of(), cloud.dynamoDb.listTables().tableNames());
    assertEquals(
        List.of("CDKToolkit"),
        cloud.cloudFormation.describeStacks().stacks().stream().map(s -> s.stackName()).toList());
  }

  private FunctionConfiguration function() {
    List<FunctionConfiguration> functions = cloud.lambda.listFunctions().functions();
    assertEquals(1, functions.size(), functions.toString());
    return functions.get(0);
  }

  private String cdk(Path app, int memory, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", "node_modules/aws-cdk/bin/cdk", "--no-color"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, arguments[0], ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(app.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.putAll(
        Map.of(
            "AWS_ENDPOINT_URL", cloud.endpoint.toString(),
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_EC2_METADATA_DISABLED", "true",
            "CDK_DISABLE_CLI_TELEMETRY", "1",
            "HOME", directory.toString(),
            "CI", "1",
            "MEMORY", String.valueOf(memory)));
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      try (Stream<ProcessHandle> children = process.descendants()) {
        children.forEach(ProcessHandle::destroyForcibly);
      }
      process.destroyForcibly();
      throw new AssertionError("not within five minutes: " + command + Files.readString(out));
    }
    String printed = Files.readString(out);
    assertEquals(0, process.exitValue(), () -> String.join(" ", command) + ": " + printed);
    return printed;
  }
}
