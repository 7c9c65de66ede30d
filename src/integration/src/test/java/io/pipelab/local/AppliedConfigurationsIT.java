package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.lambda.execution.HandlerJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** Terraform with AWS's own provider against the embedded cloud; skipped where it is not. */
@Timeout(600)
final class AppliedConfigurationsIT {
  private static final String FUNCTION =
      "public class Echo { public String handle(Object event) { return \"here\"; } }";

  private static final String LABS =
      """
      variable "code" {}

      variable "api_memory" {
        default = 512
      }

      variable "task_count" {
        default = 4
      }

      variable "expiration_days" {
        default = 30
      }

      variable "batch_size" {
        default = 1
      }

      variable "shards" {
        default = 2
      }

      module "job-offers" {
        source     = "./job-offers"
        code       = var.code
        api_memory = var.api_memory
        handlers = {
          s3_to_sqs     = "Echo::handle"
          sqs_to_dynamo = "Echo::handle"
          job_api       = "Echo::handle"
        }
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

      module "lambda-concepts" {
        source = "./lambda-concepts"
        code   = var.code
        shards = var.shards
      }
      """;

  /** Without MariaDB's server this one is left out. */
  private static final String TASKS =
      """
      module "task-manager" {
        source     = "./task-manager"
        code       = var.code
        batch_size = var.batch_size
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

  /** One folder for all, so that they are applied side by side: AWS's provider mostly waits. */
  @Test
  void theLabsAreAppliedChangedAndDestroyed() throws Exception {
    boolean tasks = hasDatabases();
    List<String> modules =
        new ArrayList<>(List.of("job-offers", "decoupling", "image-resize", "lambda-concepts"));
    if (tasks) {
      modules.add("task-manager");
    }
    Terraform terraform =
        Terraform.init(
                directory.resolve("work"), cloud.endpoint, modules, tasks ? LABS + TASKS : LABS)
            .with("code", code());
    terraform.apply();
    terraform.planFindsNoChange();
    assertEquals(tasks ? 9 : 7, cloud.lambda.listFunctions().functions().size());
    assertEquals(tasks ? 6 : 4, cloud.sns.listSubscriptions().subscriptions().size());

    terraform
        .with("api_memory", 256)
        .with("task_count", 2)
        .with("expiration_days", 10)
        .with("batch_size", 5)
        .with("shards", 4);
    int changes = tasks ? 5 : 4;
    String plan = terraform.planOfAChange();
    assertTrue(plan.contains("0 to add, " + changes + " to change, 0 to destroy"), plan);
    terraform.apply();
    requireChanges(tasks);

    terraform.destroy();
    assertEquals("", Leftovers.in(cloud));
  }

  private void requireChanges(boolean tasks) {
    assertEquals(
        256,
        cloud.lambda.getFunctionConfiguration(r -> r.functionName("job_api_lambda")).memorySize());
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
    try (KinesisClient kinesis = cloud.client(KinesisClient.builder())) {
      assertEquals(
          4,
          kinesis
              .describeStreamSummary(r -> r.streamName("concept-records"))
              .streamDescriptionSummary()
              .openShardCount());
    }
    if (tasks) {
      assertEquals(
          List.of(5),
          cloud
              .lambda
              .listEventSourceMappings(r -> r.functionName("task-processing-function"))
              .eventSourceMappings()
              .stream()
              .map(EventSourceMappingConfiguration::batchSize)
              .toList());
    }
  }

  /** Whether MariaDB's server can be had, before Terraform waits for a database that fails. */
  private boolean hasDatabases() {
    try (RdsClient rds = cloud.client(RdsClient.builder())) {
      rds.createDBInstance(
          r ->
              r.dbInstanceIdentifier("probe")
                  .engine("mysql")
                  .dbInstanceClass("db.t4g.micro")
                  .allocatedStorage(20)
                  .masterUsername("admin")
                  .masterUserPassword("a-password-of-tests"));
      List<String> lasting = List.of("available", "failed");
      TestCloud.await("a database", () -> lasting.contains(probe(rds).dbInstanceStatus()));
      DBInstance probe = probe(rds);
      String why = probe.statusInfos().toString();
      rds.deleteDBInstance(r -> r.dbInstanceIdentifier("probe").skipFinalSnapshot(true));
      TestCloud.await("no database", () -> rds.describeDBInstances().dbInstances().isEmpty());
      boolean available = probe.dbInstanceStatus().equals("available");
      assertTrue(available || why.contains("fetched"), why);
      return available;
    }
  }

  private static DBInstance probe(RdsClient rds) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier("probe")).dbInstances().get(0);
  }
}
