package io.pipelab.workflow.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import io.pipelab.workflow.step.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.Repository;

class PushImageTest {
  private static final String AWS_REPOSITORY =
      "123456789012.dkr.ecr.us-east-1.amazonaws.com/consumer";
  private static final Lab LAB = LabCatalog.in(Path.of("templates")).lab("decoupling");

  private final FakeAws aws = new FakeAws();
  private final List<String> notes = new ArrayList<>();
  private final Bindings bindings = new Bindings(References.of(LAB).withStandIn("consumer"));

  @TempDir Path folder;

  @Test
  void anEndpointThatNamesAwssRegistryHasNone() {
    repository(AWS_REPOSITORY);
    PushImage push = push("http://127.0.0.1:5000");

    push.run(this::heard);

    assertEquals(List.of(), aws.requests(GetAuthorizationTokenRequest.class));
    assertEquals(
        List.of(
            "target http://127.0.0.1:5000 has no registry to push image consumer to: what needs it"
                + " is not supported there"),
        notes);
    assertEquals(
        AWS_REPOSITORY + ":no-registry", bindings.references().resolve("${image.consumer.uri}"));
    Failure failure = assertThrows(Failure.class, push::published);
    assertEquals(Failure.Kind.UNSUPPORTED, failure.kind());
    assertTrue(String.valueOf(failure.why()).contains(AWS_REPOSITORY));
  }

  @Test
  void aRegistryOfItsOwnIsPushedTo() {
    repository("localhost:1/consumer");
    // The jar is not built here: that it is asked for shows that the push went on.
    Failure failure =
        assertThrows(Failure.class, () -> push("http://127.0.0.1:5000").run(this::heard));
    assertTrue(failure.what().startsWith("the jar "), failure.what());
  }

  @Test
  void theEmbeddedCloudNeedsNoBaseByWhateverItIsReached() throws Exception {
    repository("localhost:1/consumer");
    Files.createDirectories(folder.resolve("consumer/target"));
    Files.createFile(folder.resolve("consumer/target/pipelab-consumer.jar"));
    Target endpoint = endpoint("http://127.0.0.1:5000");

    String withoutBase = askedFor(new Target.Local(null), true);
    assertEquals(withoutBase, askedFor(endpoint, true));
    assertNotEquals(withoutBase, askedFor(endpoint, false));
  }

  /** The tag that is looked for, which says what the image is made of; nothing can be pushed. */
  private String askedFor(Target target, boolean embedded) {
    Cloud cloud =
        new Cloud(target, embedded, aws, Poller.near(), Deadline.in(Duration.ofMinutes(1)));
    assertThrows(RuntimeException.class, () -> push(cloud).run(this::heard));
    List<BatchGetImageRequest> asked = aws.requests(BatchGetImageRequest.class);
    return asked.get(asked.size() - 1).imageIds().get(0).imageTag();
  }

  @Test
  void awsItselfOwnsItsRegistryByAnyEndpoint() {
    assertTrue(new Target.Aws(null, null).owns(AWS_REPOSITORY));
    assertTrue(
        endpoint("https://ecr-fips.us-east-1.amazonaws.com")
            .owns("1.dkr.ecr.us-east-1.amazonaws.com"));
    assertFalse(endpoint("http://amazonaws.com.example").owns("1.dkr.ecr.us-east-1.amazonaws.com"));
    assertFalse(endpoint("http://localhost").owns("1.dkr.ecr.cn-north-1.amazonaws.com.cn:443"));
    assertTrue(endpoint("http://localhost").owns("localhost:4510"));
  }

  @Test
  void aRepositoryWithoutAnAddressIsSaid() {
    repository("");
    assertEquals(
        "the target does not say where the repository consumer is",
        assertThrows(Failure.class, () -> push("http://x").run(this::heard)).what());
  }

  private static Target endpoint(String uri) {
    return new Target.Endpoint(URI.create(uri), null, null);
  }

  private void repository(String uri) {
    aws.on(
        DescribeRepositoriesRequest.class,
        DescribeRepositoriesResponse.builder()
            .repositories(Repository.builder().repositoryUri(uri).build())
            .build());
    aws.on(BatchGetImageRequest.class, BatchGetImageResponse.builder().build());
    aws.on(GetAuthorizationTokenRequest.class, GetAuthorizationTokenResponse.builder().build());
  }

  private void heard(Progress.Event event) {
    if (event instanceof Progress.Noted note) {
      notes.add(note.text());
    }
  }

  private PushImage push(String uri) {
    return push(new Cloud(endpoint(uri), aws, Poller.near(), Deadline.in(Duration.ofMinutes(1))));
  }

  private PushImage push(Cloud cloud) {
    return new PushImage(
        LAB.images().get(0), new Artifacts(folder, folder, folder, folder), cloud, bindings);
  }
}
