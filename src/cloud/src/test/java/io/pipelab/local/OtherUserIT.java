package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another user of this machine, with tools that root can run as {@code nobody}. */
class OtherUserIT {
  private static final Path RUNUSER = Path.of("/usr/sbin/runuser");
  private static final String SIGNED =
      "/?Action=CreateTopic&Version=2010-03-31&Name=%s"
          + "&X-Amz-Credential=x%%2F20260101%%2Fus-east-1%%2Fsns%%2Faws4_request";

  private TestCloud cloud;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can act as another");
    assumeTrue(Files.isExecutable(RUNUSER), "this machine has no runuser");
    cloud = new TestCloud(folder);
  }

  @AfterEach
  void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?Action=CreateTopic&Version=2010-03-31&Name=t"
            + "&X-Amz-Credential=x%2F20260101%2Fus-east-1%2Fsns%2Faws4_request",
        "/2015-03-31/functions?X-Amz-Credential=x%2F20260101%2Fus-east-1%2Flambda%2Faws4_request",
        "/v2/",
        "/bucket/key",
        "/_ecs/metadata/x",
        "/_api/0123456789/"
      })
  void getsNoAnswerButThat(String path) throws Exception {
    assumeTrue(onPath("curl"), "this machine has no curl");
    String answer = nobody("curl", "-sS", "-w", "\n%{http_code}", cloud.endpoint + path);
    assertTrue(answer.endsWith("\n403"), answer);
    assertTrue(answer.contains("does not answer other users of this machine"), answer);
    assertEquals(List.of(), cloud.sns.listTopics().topics());
  }

  @Test
  void isNotTakenForRootWhenItIsGoneBeforeTheAnswer() throws Exception {
    assumeTrue(onPath("bash"), "this machine has no bash");
    for (int i = 0; i < 20; i++) {
      nobody(
          "bash",
          "-c",
          "exec 3<>/dev/tcp/127.0.0.1/%d; printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' >&3"
              .formatted(
                  cloud.endpoint.getPort(), SIGNED.formatted("gone" + i).replace("%", "%%")));
    }
    assertEquals(List.of(), cloud.sns.listTopics().topics());
  }

  @Test
  void theUserHimselfNeedsNoRealKeys() throws Exception {
    assumeTrue(onPath("curl"), "this machine has no curl");
    String answer =
        run(List.of("curl", "-sS", "-w", "\n%{http_code}", cloud.endpoint + SIGNED.formatted("t")));
    assertTrue(answer.endsWith("\n200"), answer);
    assertEquals(1, cloud.sns.listTopics().topics().size());
  }

  private static String nobody(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(RUNUSER.toString(), "-u", "nobody", "--"));
    all.addAll(List.of(command));
    return run(all);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static boolean onPath(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program));
  }
}
