package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(one -> Files.isExecutable(Path.of(one, "aws"))),
        "the labs are made with the AWS command line, and there is none on the PATH");
    launched = new Launched(folder);
    assertEquals(0, launched.run("local", "start", "--speed", SPEED, "--port", "0").exitCode());
    JsonNode cloud =
        new ObjectMapper()
            .readTree(folder.resolve("state/pipelab/local/cloud.json").toFile());
    endpoint = URI.create(cloud.path("endpoint").asText());
    aws = new SdkClients(() -> Connection.embedded(endpoint, "us-east-1"), "test");
  }

  @AfterAll
  static void stop() throws Exception {
    if (aws != null) {
      aws.close();
      launched.run("local", "stop");
    }
  }

  @Test
  void picturesMadeByHandAreJudgedAsTheStackWouldBe() throws Exception {
    LabCopy lab = copy("hand").byName("image-resize");
    script(lab, "image-resize.sh", "images");
    PicturesByHand.check(lab);
  }

  private static LabCopy copy(String instance) {
    return new LabCopy(instance, HOME, environment(), aws);
  }

  private static void script(LabCopy lab, String name, String jar) throws Exception {
    Path work = Files.createDirectories(folder.resolve(name));
    ProcessBuilder builder =
        new ProcessBuilder("sh", HOME.resolve("src/integration/src/test/resources/by-hand/" + name).toString())
            .directory(work.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(environment());
    environment.put("ENDPOINT", endpoint.toString());
    environment.put("PREFIX", lab.prefix());
    environment.put(
        "JAR",
        HOME.resolve("src/functions/%1$s/target/pipelab-%1$s.jar".formatted(jar)).toString());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    Process process = builder.start();
    process.getOutputStream().close();
    String told = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), told);
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("PIPELAB_"));
    for (String one : List.of("STATE", "CACHE", "CONFIG")) {
      environment.put("XDG_" + one + "_HOME", folder.resolve(one.toLowerCase()).toString());
    }
    return environment;
  }
}
