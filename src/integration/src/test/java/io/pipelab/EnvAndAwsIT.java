package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.Launched.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pipelab env} and {@code pipelab aws}, in a user's shell. */
class EnvAndAwsIT {
  private static final String MANIFEST =
      """
      title: A lab
      summary: A lab with outputs that a shell could take for more.
      services: [SQS]
      cost: {hourlyUsd: 0, note: nothing}
      stacks:
        - id: lab
          template: stack.yaml
      steps:
        - id: queue
          title: The queue
          hop: SQS
          checks:
            - type: queue-attributes
              with: {queue: "${outputs.QueueUrl}", attributes: {VisibilityTimeout: 5}}
              hint: Restore the queue.
      """;

  private static final String TEMPLATE =
      """
      Resources:
        Queue:
          Type: AWS::SQS::Queue
          Properties: {QueueName: odd, VisibilityTimeout: 5}
      Outputs:
        QueueUrl: {Value: !Ref Queue}
        Hostile: {Value: "it's $(touch made) `touch made`; touch made & \\"x\\""}
        Path: {Value: /nowhere}
      """;

  @TempDir static Path folder;
  private static Launched pipelab;
  private static Path lab;

  @BeforeAll
  static void up() throws Exception {
    pipelab = new Launched(folder);
    lab = Files.createDirectories(folder.resolve("odd"));
    Files.writeString(lab.resolve("lab.yaml"), MANIFEST);
    Files.writeString(lab.resolve("stack.yaml"), TEMPLATE);
    assertEquals(0, pipelab.run("local", "start", "--port", "0").exitCode());
    Ended up = pipelab.run("up", "--lab-dir", lab.toString());
    assertEquals(0, up.exitCode(), up::told);
  }

  @AfterAll
  static void stop() throws Exception {
    pipelab.run("local", "stop");
  }

  @Test
  void aShellGetsTheOutputsAsTheyAreAndGivesAllBack() throws Exception {
    Ended ended =
        shell(
            "export AWS_PROFILE=work; before=$(env | sort); path=$PATH",
            "eval \"$(\"$pipelab\" env --lab-dir \"$lab\")\"",
            "printf '%s\\n' \"$HOSTILE\" \"${QUEUE_URL##*/}\" \"${AWS_PROFILE-none}\" \"$AWS_REGION\"",
            "[ \"$PATH\" = \"$path\" ] && [ ! -e made ] && echo untouched",
            "\"$pipelab\" status --lab-dir \"$lab\" >/dev/null && echo status",
            "command -v aws >/dev/null && type aws | head -n 1 | grep -o function",
            "eval \"$(\"$pipelab\" env --unset)\"",
            "[ \"$(env | sort)\" = \"$before\" ] && echo as before");
    assertEquals(
        List.of(
            "it's $(touch made) `touch made`; touch made & \"x\"",
            "odd",
            "none",
            "us-east-1",
            "untouched",
            "status",
            "function",
            "as before"),
        ended.out().lines().toList(),
        ended::told);
    assertTrue(ended.err().contains("Path is left out"), ended::told);
  }

  @Test
  void theAwsCommandLineGetsEachArgumentAndTheTarget() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("fake"));
    Path aws = bin.resolve("aws");
    Files.writeString(
        aws,
        """
        #!/bin/sh
        printf '[%s]' "$@"
        echo " $AWS_ENDPOINT_URL ${AWS_PROFILE-none} ${AWS_ENDPOINT_URL_SQS-none} $AWS_ACCESS_KEY_ID"
        exit 42
        """);
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwx------"));
    Ended ended =
        shell(
            "export AWS_PROFILE=work AWS_ENDPOINT_URL_SQS=http://else:1",
            "PATH=" + bin + ":$PATH",
            "\"$pipelab\" --no-color aws sqs '' 'a b' --region x --help '*' -o json \"it's\"",
            "echo $?");
    String endpoint = endpoint();
    assertEquals(
        List.of(
            "[--endpoint-url]["
                + endpoint
                + "][sqs][][a b][--region][x][--help][*][-o][json][it's] "
                + endpoint
                + " none none pipelab",
            "42"),
        ended.out().lines().toList(),
        ended::told);
  }

  @Test
  void aMissingAwsCommandLineIsSaidInOneLine() throws Exception {
    Ended ended =
        shell(
            "mkdir bare; for tool in java sh sed cat find readlink dirname cksum head; do",
            "  printf '#!/bin/sh\\nexec %s \"$@\"\\n' \"$(command -v $tool)\" >bare/$tool; chmod +x bare/$tool",
            "done",
            "JAVA_HOME='"
                + System.getProperty("java.home")
                + "' PATH=$PWD/bare \"$pipelab\" aws sqs list-queues",
            "echo $?");
    assertEquals("2", ended.out().strip(), ended::told);
    assertEquals(1, ended.err().lines().count(), ended::told);
    assertTrue(ended.err().contains("'aws'"), ended::told);
  }

  private static String endpoint() throws IOException {
    return Files.readString(folder.resolve("state/pipelab/local/cloud.json"))
        .replaceFirst("(?s).*\"endpoint\"\\s*:\\s*\"([^\"]*)\".*", "$1");
  }

  private static Ended shell(String... lines) throws Exception {
    return pipelab.shell(folder, "lab='" + lab + "'\n" + String.join("\n", lines));
  }
}
