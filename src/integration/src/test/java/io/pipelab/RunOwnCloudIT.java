package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} does with the embedded cloud when it is over. */
class RunOwnCloudIT {
  private static final String MANIFEST =
      """
      title: A topic
      summary: A lab of one topic.
      services: [SNS]
      cost: {hourlyUsd: 0}
      stacks:
        - id: lab
          template: stack.yaml
      steps:
        - id: topic
          title: The topic
          hop: SNS
          checks:
            - {type: topic-exists, with: {topic: "${outputs.TopicArn}"}, hint: Create it.}
      """;
  private static final String TEMPLATE =
      """
      Resources:
        Topic: {Type: "AWS::SNS::Topic"}
      Outputs:
        TopicArn: {Value: !Ref Topic}
      """;
  private static final String STOPPED =
      "the embedded cloud, which this run had started, is stopped";

  private final Path folder;
  private final Path labs;
  private final Launched launched;

  RunOwnCloudIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.labs = Files.createDirectories(folder.resolve("labs"));
    Path lab = Files.createDirectories(labs.resolve("one-topic"));
    Files.writeString(lab.resolve("lab.yaml"), MANIFEST);
    Files.writeString(lab.resolve("stack.yaml"), TEMPLATE);
    // Its second cloud starts from what its first one has archived.
    launched = new Launched(folder).with("PIPELAB_CLOUD_ARCHIVE", "on");
  }

  @AfterEach
  void stop() throws Exception {
    launched.run("local", "stop");
  }

  @Test
  void theCloudThatItStartedIsStoppedAndAnotherIsNot() throws Exception {
    assertTrue(run().contains(STOPPED));
    assertFalse(cloudRuns());

    assertFalse(run("--keep").contains(STOPPED));
    assertTrue(cloudRuns());

    assertFalse(run().contains(STOPPED));
    assertTrue(cloudRuns());
  }

  private String run(String... more) throws Exception {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"run", "one-topic", "--lab-dir", labs.toString()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    Launched.Ended ended = launched.run(arguments);
    assertEquals(0, ended.exitCode(), ended.told());
    return ended.told();
  }

  private boolean cloudRuns() {
    return InProcess.in(folder).run("local", "status").out().contains("the embedded cloud runs at");
  }
}
