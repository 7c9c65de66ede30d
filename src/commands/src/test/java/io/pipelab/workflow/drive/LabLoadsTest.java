package io.pipelab.workflow.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.References;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.verify.FakeAws;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

class LabLoadsTest {
  private static final Lab PICTURES = LabCatalog.in(Path.of("templates")).lab("image-resize");

  private final FakeAws aws = new FakeAws();
  private final Cloud cloud =
      new Cloud(new Target.Local(null), aws, Poller.near(), Deadline.in(Duration.ofMinutes(1)));

  private static Bindings giving(Map<String, String> outputs) {
    return new Bindings(References.of(PICTURES).withOutputs(outputs));
  }

  @Test
  void intoALabWithoutABucketNothingWasSent() {
    Bindings bindings = giving(Map.of());
    assertEquals(List.of(), LabLoads.all(cloud, bindings));
    assertEquals(List.of(), LabLoads.allSent(cloud, bindings));
  }

  @Test
  void theBucketIsTheOneThatTheStacksGiveOut() {
    aws.on(ListObjectsV2Request.class, ListObjectsV2Response.builder().isTruncated(false).build());
    Bindings bindings = giving(Map.of("ArtifactBucketName", "kept"));
    assertEquals(List.of(), LabLoads.all(cloud, bindings));
    assertEquals(List.of(), LabLoads.allSent(cloud, bindings));
    assertEquals(
        List.of("kept", "kept"),
        aws.requests(ListObjectsV2Request.class).stream()
            .map(ListObjectsV2Request::bucket)
            .toList());
  }

  @Test
  void nothingIsSentThatNobodyWouldRemember() {
    Bindings bindings = giving(Map.of("PictureBucketName", "pictures", "TopicArn", "arn:t"));
    Driven driven =
        new Driven(
            new LabInstance(PICTURES, ""),
            "r1",
            new Artifacts(Path.of("src"), Path.of("samples"), Path.of("target"), Path.of("target")),
            cloud,
            bindings);
    refused(() -> LabLoads.of(cloud, bindings));
    refused(
        () ->
            new UploadToLab(new UploadSettings("${outputs.PictureBucketName}", List.of()), driven)
                .run(event -> {}));
    refused(
        () ->
            new PublishToLab(
                    new PublishSettings("${outputs.TopicArn}", null, "hello", Map.of()), driven)
                .run(event -> {}));
  }

  private static void refused(Executable sends) {
    Failure failure = assertThrows(Failure.class, sends);
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertTrue(String.valueOf(failure.next()).contains("ArtifactBucketName"), failure.next());
  }
}
