package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.iam.model.AccessKey;

/**
 * A user who has exactly what {@code doctor --print-policy} prints sets a lab up, drives it, sees
 * every step pass and takes it down.
 */
class LeastUserIT {
  @TempDir Path xdg;

  private Launched launched;
  private SdkClients aws;
  private URI endpoint;

  @BeforeEach
  void start() throws Exception {
    launched = new Launched(xdg);
    Launched.Ended start = launched.run("local", "start", "--speed", "40", "--region", "us-east-1");
    assertEquals(0, start.exitCode(), start.told());
    JsonNode cloud =
        new ObjectMapper().readTree(xdg.resolve("state/pipelab/local/cloud.json").toFile());
    endpoint = URI.create(cloud.path("endpoint").asText());
    aws = new SdkClients(() -> Connection.embedded(endpoint, "us-east-1"), "test");
  }

  @AfterEach
  void stop() throws Exception {
    aws.close();
    launched.run("local", "stop");
  }

  /** What makes a lab quick that takes an endpoint for a cloud far away. */
  static Stream<Arguments> labs() {
    return Stream.of(
        Arguments.of("image-resize", List.of("RetrySeconds=1")),
        Arguments.of("job-offers", List.of("RetrySeconds=1")),
        Arguments.of("task-manager", List.of("ProcessingMillis=100", "VisibilityTimeout=10")),
        Arguments.of(
            "decoupling",
            List.of(
                "ProcessingMillis=20", "WaitSeconds=2", "EmptyPolls=3", "VisibilityTimeout=5")));
  }

  @ParameterizedTest
  @MethodSource("labs")
  void thePrintedPolicyIsEnough(String lab, List<String> parameters) throws Exception {
    Launched user = launchedAs(user(lab));
    List<String> words = new ArrayList<>(List.of("run", lab, "-y", "-P", "FunctionRuntime=java17"));
    parameters.forEach(each -> words.addAll(List.of("-P", each)));
    words.addAll(List.of("--endpoint-url", endpoint.toString()));
    Launched.Ended run = user.run(words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.told());
  }

  private AccessKey user(String lab) throws Exception {
    Launched.Ended printed = launched.run("doctor", lab, "--print-policy", "-o", "json");
    assertEquals(0, printed.exitCode(), printed.told());
    aws.iam().createUser(r -> r.userName("learner"));
    int count = 0;
    for (JsonNode document : new ObjectMapper().readTree(printed.out()).path("policies")) {
      String name = "least-" + count++;
      String arn =
          aws.iam()
              .createPolicy(r -> r.policyName(name).policyDocument(document.toString()))
              .policy()
              .arn();
      aws.iam().attachUserPolicy(r -> r.userName("learner").policyArn(arn));
    }
    return aws.iam().createAccessKey(r -> r.userName("learner")).accessKey();
  }

  private Launched launchedAs(AccessKey key) {
    return new Launched(xdg)
        .with("AWS_ACCESS_KEY_ID", key.accessKeyId())
        .with("AWS_SECRET_ACCESS_KEY", key.secretAccessKey())
        .with("AWS_REGION", "us-east-1");
  }
}
