package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.lambda.execution.HandlerJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Terraform with AWS's own provider against the embedded cloud; skipped where it is not. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT) // each has its own cloud, and mostly waits for Terraform
final class AppliedConfigurationsIT {
  private static final String FUNCTION =
      "public class Echo { public String handle(Object event) { return \"here\"; } }";

  private static final String HANDLERS =
      "{\"s3_to_sqs\":\"Echo::handle\",\"sqs_to_dynamo\":\"Echo::handle\","
          + "\"job_api\":\"Echo::handle\"}";

  private static final String BOTH =
      """
      variable "code" {}

      variable "task_count" {
        default = 4
      }

      variable "expiration_days" {
        default = 30
      }

      module "decoupling" {
        source     = "./decoupling"
        code       = var.code
        task_count = var.task_count
      }

      module "image-resize" {
        source          = "./image-resize"
        code            = var.code
        expiration_days = var.expiration_days
      }
      """;

  private final TestCloud cloud;
  private final Path directory;

  AppliedConfigurationsIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.cloud = new TestCloud(directory.resolve("cloud"));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  /** A function's code as the labs' is: with its libraries some 15 MB, sent in the request. */
  private Path code() throws Exception {
    byte[] rest = new byte[15 << 20];
    new Random(1).nextBytes(rest);
    Map<String, byte[]> entries = HandlerJar.classes("Echo", FUNCTION, directory);
    entries.put("library.bin", rest);
    return Files.write(directory.resolve("code.zip"), HandlerJar.zip(entries));
  }

  @Test
  void jobOffersIsAppliedChangedAndDestroyed() throws Exception {
    Terraform terraform =
        Terraform.init(directory.resolve("work"), cloud.endpoint, "job-offers")
            .with("code", code())
            .with("handlers", HANDLERS);
    terraform.apply();
    terraform.planFindsNoChange();
    assertEquals(3, cloud.lambda.listFunctions().functions().size());

    terraform.with("api_memory", 256);
    assertTrue(terraform.planOfAChange().contains("0 to add, 1 to change, 0 to destroy"));
    terraform.apply();
    assertEquals(
        256,
        cloud.lambda.getFunctionConfiguration(r -> r.functionName("job_api_lambda")).memorySize());

    terraform.destroy();
    assertEquals("", Leftovers.in(cloud));
  }

  /** One folder for both, so that they are applied side by side. */
  @Test
  void decouplingAndImageResizeAreAppliedChangedAndDestroyed() throws Exception {
    Terraform terraform =
        Terraform.init(
                directory.resolve("work"),
                cloud.endpoint,
                List.of("decoupling", "image-resize"),
                BOTH)
            .with("code", code());
    terraform.apply();
    terraform.planFindsNoChange();
    assertEquals(3, cloud.lambda.listFunctions().functions().size());
    assertEquals(3, cloud.sns.listSubscriptions().subscriptions().size());

    terraform.with("task_count", 2).with("expiration_days", 10);
    assertTrue(terraform.planOfAChange().contains("0 to add, 2 to change, 0 to destroy"));
    terraform.apply();
    assertEquals(
        "2",
        cloud
            .lambda
            .getFunctionConfiguration(r -> r.functionName("fasttrack-saa"))
            .environment()
            .variables()
            .get("TASK_COUNT"));
    assertEquals(
        10,
        cloud
            .s3
            .getBucketLifecycleConfiguration(r -> r.bucket("resize-image-000000000000-us-east-1"))
            .rules()
            .get(0)
            .expiration()
            .days());

    terraform.destroy();
    assertEquals("", Leftovers.in(cloud));
  }
}
