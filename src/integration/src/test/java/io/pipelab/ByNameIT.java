package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.Terraform;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Labs that somebody makes by hand, as the sources of the labs tell: {@code verify --by-name} finds
 * nothing wrong with them, and the right step when something was done wrong.
 */
class ByNameIT {
  private static final Path HOME = Path.of("").toAbsolutePath();

  /** A cloud minute takes a second and a half. */
  private static final String SPEED = "40";

  @TempDir static Path folder;

  private static URI endpoint;
  private static SdkClients aws;
  private static Launched launched;
  private static final Map<String, Future<?>> RUNNING = new LinkedHashMap<>();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(3);

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(one -> Files.isExecutable(Path.of(one, "aws"))),
        "the labs are made with the AWS command line, and there is none on the PATH");
    launched = new Launched(folder);
    assertEquals(0, launched.run("local", "start", "--speed", SPEED, "--port", "0").exitCode());
    JsonNode cloud =
        new ObjectMapper().readTree(folder.resolve("state/pipelab/local/cloud.json").toFile());
    endpoint = URI.create(cloud.path("endpoint").asText());
    aws = new SdkClients(() -> Connection.embedded(endpoint, "us-east-1"), "test");
    RUNNING.put("pictures", THREADS.submit(ByNameIT::pictures));
    RUNNING.put("backlog", THREADS.submit(ByNameIT::backlog));
    RUNNING.put("offers", THREADS.submit(ByNameIT::offers));
  }

  @AfterAll
  static void stop() throws Exception {
    THREADS.shutdownNow();
    if (aws != null) {
      aws.close();
      launched.run("local", "stop");
    }
  }

  @Test
  void picturesMadeByHandAreJudgedAsTheStackWouldBe() throws Throwable {
    ended("pictures");
  }

  @Test
  void whatIsMadeByHandBesideAStackIsJudgedWithIt() throws Throwable {
    ended("backlog");
  }

  @Test
  void offersMadeWithTerraformAreJudgedAsTheStackWouldBe() throws Throwable {
    ended("offers");
  }

  private static Void pictures() throws Exception {
    LabCopy lab = copy("hand").byName("image-resize");
    Path jar = HOME.resolve("src/functions/images/target/pipelab-images.jar");
    script("image-resize.sh", Map.of("PREFIX", lab.prefix(), "JAR", jar.toString()));
    PicturesByHand.check(lab);
    return null;
  }

  private static Void backlog() throws Exception {
    LabCopy stack = copy("half");
    stack.run(0, "up", "--phase", "prepared");
    script("decoupling-live.sh", Map.of("PREFIX", stack.prefix(), "THRESHOLD", "10"));
    BacklogByHand.check(stack, stack.byName("decoupling", "-P", "AlarmThreshold=10"));
    return null;
  }

  private static Void offers() throws Exception {
    LabCopy lab = copy("terraform").byName("job-offers");
    Path jar = HOME.resolve("src/functions/offers/target/pipelab-offers.jar");
    Terraform.init(folder.resolve("terraform"), endpoint, "job-offers")
        .with("prefix", lab.prefix())
        .with("code", jar)
        .apply();
    OffersByHand.check(lab);
    return null;
  }

  private static void ended(String name) throws Throwable {
    try {
      RUNNING.get(name).get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private static LabCopy copy(String instance) {
    return new LabCopy(instance, HOME, Shell.in(folder), aws);
  }

  /** Runs a script of the AWS command line in a folder of its own. */
  private static void script(String name, Map<String, String> variables) throws Exception {
    Path script = HOME.resolve("src/integration/src/test/resources/by-hand").resolve(name);
    ProcessBuilder builder =
        new ProcessBuilder("sh", script.toString())
            .directory(Files.createDirectories(folder.resolve(name)).toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(Shell.in(folder));
    environment.putAll(variables);
    environment.put("ENDPOINT", endpoint.toString());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    Process process = builder.start();
    process.getOutputStream().close();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), told);
  }
}
