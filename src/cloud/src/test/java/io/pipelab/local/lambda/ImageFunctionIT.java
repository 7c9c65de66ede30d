package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ImageConfig;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Functions that are container images, run. */
@Timeout(300)
final class ImageFunctionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "/aws/lambda/demo";

  @TempDir private Path directory;
  private LambdaFixture cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new LambdaFixture(directory);
    cloud.images.push("app:latest", cloud.images.program("serve"));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void theImagesProgramAnswersWithTheImagesSettings() throws Exception {
    create(request -> request.environment(env -> env.variables(Map.of("OF_BOTH", "function"))));
    JsonNode seen = JSON.readTree(invoke().payload().asByteArray());
    assertEquals("serve", seen.path("args").asText());
    assertEquals("noted", seen.path("file").asText());
    assertEquals("image", seen.path("image").asText());
    assertEquals("function", seen.path("both").asText(), "the function's variables win");
    assertEquals("demo", seen.path("name").asText());
    assertEquals("null", seen.path("handler").asText());
    assertTrue(seen.path("megabytes").asInt() <= 256, seen.toString());
    assertEquals(2, JSON.readTree(invoke().payload().asByteArray()).path("served").asInt());
  }

  @Test
  void eachSettingOfImageConfigOverridesAlone() throws Exception {
    create(request -> {});
    configure(ImageConfig.builder().command("serve", "more").build());
    JsonNode seen = JSON.readTree(invoke().payload().asByteArray());
    assertEquals("serve more", seen.path("args").asText());
    assertEquals("noted", seen.path("file").asText());

    configure(ImageConfig.builder().workingDirectory("/opt/other").build());
    seen = JSON.readTree(invoke().payload().asByteArray());
    assertEquals("serve", seen.path("args").asText());
    assertEquals("other", seen.path("file").asText());

    configure(
        ImageConfig.builder()
            .entryPoint("/usr/bin/java", "-cp", "/var/task/loop.jar", "Loop", "first")
            .build());
    seen = JSON.readTree(invoke().payload().asByteArray());
    assertEquals("first serve", seen.path("args").asText(), "the image's command stays");
  }

  @Test
  void theLogHasTheProgramsLinesBetweenLambdas() throws Exception {
    create(request -> {});
    InvokeResponse response = invoke();
    List<String> lines = cloud.logs.events(GROUP);
    assertTrue(lines.get(0).startsWith("START RequestId: "), "no INIT_START: " + lines);
    assertEquals(
        List.of("served {\"n\":1}"), lines.stream().filter(l -> l.startsWith("served")).toList());
    int end = index(lines, "END RequestId: ");
    assertTrue(index(lines, "served") < end && index(lines, "and said so") < end, lines.toString());
    assertTrue(lines.get(end + 1).contains("\tInit Duration: "), lines.toString());
    String tail =
        new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    assertTrue(tail.contains("served {\"n\":1}"), tail);
    invoke();
    String warm = cloud.logs.events(GROUP).get(cloud.logs.events(GROUP).size() - 1);
    assertTrue(warm.startsWith("REPORT") && !warm.contains("Init Duration"), warm);
  }

  @Test
  void aLaterPushChangesNothingAndAnUpdateDoes() throws Exception {
    create(request -> {});
    invoke();
    String later = cloud.images.push("app:latest", cloud.images.program("later"));
    configureMemory(300);
    assertEquals("serve", JSON.readTree(invoke().payload().asByteArray()).path("args").asText());
    cloud.call(UpdateFunctionCodeRequest.builder().functionName("demo").imageUri(later).build());
    assertEquals("later", JSON.readTree(invoke().payload().asByteArray()).path("args").asText());
  }

  @Test
  void anImageThatDoesNotServeExits() throws Exception {
    create(request -> request.imageConfig(config -> config.command("exit")));
    JsonNode error = failure();
    assertEquals("Runtime.ExitError", error.path("errorType").asText());
    assertTrue(
        error
            .path("errorMessage")
            .asText()
            .matches("RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3"),
        error.toString());
    List<String> lines = cloud.logs.events(GROUP);
    assertTrue(lines.contains("I leave"), lines.toString());
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith("INIT_REPORT")
                        && line.endsWith("Status: error\tError Type: Runtime.ExitError")),
        lines.toString());
  }

  @Test
  void aProgramThatIsNotThereIsAnInvalidEntryPoint() throws Exception {
    create(request -> request.imageConfig(config -> config.entryPoint("/nowhere/run")));
    JsonNode error = failure();
    assertEquals("Runtime.InvalidEntrypoint", error.path("errorType").asText());
    String id = error.path("errorMessage").asText().substring(11, 47);
    assertEquals(
        "RequestId: " + id + " Error: fork/exec /nowhere/run: no such file or directory",
        error.path("errorMessage").asText());
    List<String> lines = cloud.logs.events(GROUP);
    assertEquals(
        List.of(
            "INIT_REPORT Init Duration: 0.00 ms\tPhase: init\tStatus: error\tError Type:"
                + " Runtime.InvalidEntrypoint",
            "START RequestId: " + id + " Version: $LATEST",
            error.path("errorMessage").asText() + "\nRuntime.InvalidEntrypoint",
            "END RequestId: " + id),
        lines.subList(0, 4));

    configure(ImageConfig.builder().entryPoint("node").build());
    assertTrue(
        failure()
            .path("errorMessage")
            .asText()
            .endsWith("Error: exec: \"node\": executable file not found in $PATH"));
    assertEquals(0, environments(), "nothing of what did not start is left");
  }

  @Test
  void aWorkingDirectoryThatIsNotThereIsSaid() throws Exception {
    create(request -> request.imageConfig(config -> config.workingDirectory("/nowhere")));
    JsonNode error = failure();
    assertEquals("Runtime.InvalidWorkingDir", error.path("errorType").asText());
    assertTrue(
        error
            .path("errorMessage")
            .asText()
            .endsWith("Error: the working directory doesn't exist: /nowhere"));
    configure(ImageConfig.builder().workingDirectory("task").build());
    assertTrue(failure().path("errorMessage").asText().contains("needs to be an absolute path"));
  }

  @Test
  void classDataAreKeptForTheNextColdStart() throws Exception {
    create(request -> {});
    invoke();
    await("class data", () -> !archives().isEmpty());
    configureMemory(300);
    InvokeResponse response = invoke();
    assertNull(response.functionError());
    assertFalse(cloud.logs.events(GROUP).stream().anyMatch(line -> line.contains("[cds]")));
  }

  private List<Path> archives() throws Exception {
    Path images = directory.resolve("lambda").resolve("images");
    try (Stream<Path> files = Files.walk(images)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.sleep(20);
    }
  }

  private int environments() {
    String[] folders = directory.resolve("lambda").resolve("environments").toFile().list();
    return folders == null ? 0 : folders.length;
  }

  private static int index(List<String> lines, String begin) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(begin)) {
        return i;
      }
    }
    throw new AssertionError("no " + begin + " in " + lines);
  }

  private void create(Consumer<CreateFunctionRequest.Builder> change) {
    CreateFunctionRequest.Builder request =
        cloud.image("demo", "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:latest");
    change.accept(request);
    cloud.call(request.build());
  }

  private void configure(ImageConfig config) {
    cloud.call(
        UpdateFunctionConfigurationRequest.builder()
            .functionName("demo")
            .imageConfig(config)
            .build());
  }

  private void configureMemory(int megabytes) {
    cloud.call(
        UpdateFunctionConfigurationRequest.builder()
            .functionName("demo")
            .memorySize(megabytes)
            .build());
  }

  private InvokeResponse invoke() throws Exception {
    return cloud
        .<InvokeResponse>begin(
            InvokeRequest.builder()
                .functionName("demo")
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String("{\"n\":1}"))
                .build())
        .get();
  }

  private JsonNode failure() throws Exception {
    InvokeResponse response = invoke();
    assertEquals("Unhandled", response.functionError());
    return JSON.readTree(response.payload().asByteArray());
  }
}
