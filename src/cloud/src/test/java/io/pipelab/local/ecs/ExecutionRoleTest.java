package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.ecs.container.ContainerFailure;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionRoleTest {
  private static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
  private static final Caller AGENT =
      ExecutionRole.writer(CLOUD, "arn:aws:iam::000000000000:role/exec", "task");
  private static final String IMAGE = "127.0.0.1:1/team/app@sha256:abc";
  private static final String USER =
      "User: arn:aws:sts::000000000000:assumed-role/exec/task is not authorized to perform: ";

  private final List<String> asked = new ArrayList<>();

  private ExecutionRole refusing(String action) {
    AccessControl access =
        (use, request) -> {
          asked.add(use.action() + " " + use.resource());
          return use.action().equals(action)
              ? Optional.of(new AccessControl.Refusal("id", use, "because"))
              : Optional.empty();
        };
    return new ExecutionRole(access, CLOUD);
  }

  private String refusal(String action) {
    return assertThrows(ContainerFailure.class, () -> refusing(action).requirePull(IMAGE, AGENT))
        .getMessage();
  }

  @Test
  void pullingTakesThreeActions() throws Exception {
    refusing("none").requirePull(IMAGE, AGENT);
    String repository = "arn:aws:ecr:us-east-1:000000000000:repository/team/app";
    assertEquals(
        List.of(
            "ecr:GetAuthorizationToken *",
            "ecr:BatchGetImage " + repository,
            "ecr:GetDownloadUrlForLayer " + repository),
        asked);
  }

  @Test
  void eachIsMissedInItsOwnWords() {
    assertEquals(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
            + " retrieval failed: unable to retrieve ecr registry auth: service call has been"
            + " retried 1 time(s): AccessDeniedException: "
            + USER
            + "ecr:GetAuthorizationToken on resource: * because",
        refusal("ecr:GetAuthorizationToken"));
    assertEquals(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
            + " resolve ref "
            + IMAGE
            + ": pulling from host 127.0.0.1:1 failed with status code [manifests sha256:abc]: 403"
            + " Forbidden",
        refusal("ecr:BatchGetImage"));
    assertEquals(
        "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy:"
            + " httpReadSeeker: failed open: unexpected status code"
            + " https://127.0.0.1:1/v2/team/app/blobs: 403 Forbidden",
        refusal("ecr:GetDownloadUrlForLayer"));
  }

  @Test
  void withoutARoleNobodyIsAsked() throws Exception {
    refusing("ecr:BatchGetImage").requirePull(IMAGE, ExecutionRole.writer(CLOUD, null, "task"));
    assertEquals(List.of(), asked);
  }
}
