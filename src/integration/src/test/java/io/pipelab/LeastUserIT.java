package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.AccessKey;

/**
 * A user who has exactly what {@code doctor --print-policy} prints sets a lab up, drives it, sees
 * every step pass and takes it down. The lab decoupling is not among them: from an endpoint its
 * image's base is fetched over the network.
 */
class LeastUserIT {
  @TempDir Path xdg;

  private Launched launched;
  private SdkClients aws;
  private URI endpoint;

  @BeforeEach
  void start() throws Exception {
    launched = new Launched(xdg);
    Launched.Ended start =
        launched.run("local", "start", "--speed", "40", "--region", "us-east-1");
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

  @ParameterizedTest
  @ValueSource(strings = {"image-resize", "job-offers"})
  void thePrintedPolicyIsEnough(String lab) throws Exception {
    Launched user = launchedAs(user(lab));
    Launched.Ended run =
        user.run(
            "run",
            lab,
            "-y",
            "-P",
            "FunctionRuntime=java17",
            "-P",
            "RetrySeconds=1",
            "--endpoint-url",
            endpoint.toString());
    assertEquals(0, run.exitCode(), run.told());
  }

  private AccessKey user(String lab) throws Exception {
    Launched.Ended printed =
        launched.run("doctor", lab, "--print-policy", "-o", "json");
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
