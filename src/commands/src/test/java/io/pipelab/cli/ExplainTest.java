package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.report.Terminal;
import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.kept.KeptResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pipelab explain} prints. */
class ExplainTest {
  private static final String MANIFEST =
      """
      title: Small
      summary: One queue, and nothing else.
      services: [SQS]
      cost: {hourlyUsd: 0}
      stacks:
        - {id: lab, template: stack.yaml, parameters: {Phase: "${phase}"}}
      goals: [See what a queue is.]
      phases:
        - id: only
          title: Everything at once
          goals: ["Read a text of several lines, which goes on and on and on until it needs another."]
          resources: [Q]
      steps:
        - id: queue
          phase: only
          title: There is a queue
          hop: SQS
          checks:
            - {type: queue-depth, with: {queue: "${outputs.QueueUrl}", equals: 0}, hint: "Look at ${outputs.QueueUrl}: ${pipelab} status ${lab}"}
        - id: a-longer-name
          phase: only
          title: There is still a queue, whatever happened to it before and however many messages it had
          hop: SQS
          checks:
            - {id: depth, type: queue-depth, with: {queue: "${outputs.QueueUrl}", equals: 0}, hint: "Look again."}
      """;

  private static final String TEXT =
      """
      # Small

      A queue **keeps** messages, each until *somebody* took it; [SQS](https://aws.amazon.com/sqs)
      is one.

      ## What it costs

      Nothing.

      ## Phase only

      The only part.

      ### Step queue

      The queue `jobs` is empty: `aws sqs receive-message` (or `pipelab peek jobs`) has nothing to show.

      Last run: {queue.queue-depth}.

      - a thing to look at, which takes so many words that they do not fit into one line of a terminal as they are usually wide
      - another

      ```sh
      pipelab up small
      aws sqs get-queue-attributes --queue-url "$QUEUE_URL" --attribute-names ApproximateNumberOfMessages VisibilityTimeout
      ```

      ## Changed from the source

      | the source | here |
      |---|---|
      | two queues | one |
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeLab() throws IOException {
    Path lab = Files.createDirectories(folder.resolve("labs/small"));
    Files.writeString(lab.resolve("lab.yaml"), MANIFEST);
    Files.writeString(
        lab.resolve("stack.yaml"),
        "Parameters: {Phase: {Type: String, AllowedValues: [only], Default: only}}\nResources: {Q: {Type: AWS::SQS::Queue}}\nOutputs: {QueueUrl: {Value: !Ref Q}}\n");
    Files.writeString(lab.resolve("explain.md"), TEXT);
  }

  @Test
  void theLabAsAWhole() {
    Golden.assertMatches("explain/lab", explain("small"));
    Golden.assertMatches("explain/lab-json", explain("small", "-o", "json"));
  }

  @Test
  void itsPartsWithoutARun() {
    Golden.assertMatches("explain/step", explain("small", "queue"));
    Golden.assertMatches("explain/phase", explain("small", "only"));
    Golden.assertMatches("explain/phase-json", explain("small", "only", "-o", "json"));
    Golden.assertMatches("explain/section", explain("small", "changed-from-the-source"));
  }

  @Test
  void withTheFiguresOfTheLastRun() {
    keep();

    Golden.assertMatches("explain/step-after-a-run", explain("small", "queue"));
    Golden.assertMatches("explain/step-after-a-run-json", explain("small", "queue", "-o", "json"));
    Golden.assertMatches("explain/lab-after-a-run", explain("small"));
  }

  @Test
  void aStepWithoutTextShowsItsHints() throws IOException {
    keep();

    Golden.assertMatches("explain/step-without-text", explain("small", "a-longer-name"));

    Files.delete(folder.resolve("labs/small/explain.md"));
    Golden.assertMatches("explain/lab-without-text", explain("small"));
    Golden.assertMatches("explain/step-without-file", explain("small", "queue"));
  }

  @Test
  void anUnknownPartListsWhatThereIs() {
    Golden.assertMatches("explain/unknown", explain("small", "queues") + explain("smal", "queue"));
  }

  @Test
  void aMistakeInTheTextIsTold() throws IOException {
    Files.writeString(
        folder.resolve("labs/small/explain.md"), TEXT.replace("Step queue", "Step q"));

    Golden.assertMatches("explain/mistake", explain("small", "queue"));
  }

  @Test
  void aTerminalGetsColoursAndItsWidth() {
    String[] arguments = {"explain", "small", "queue", "--lab-dir", folder + "/labs"};
    Terminal wide = new Terminal(true, true, true, false, 200, 24);
    Terminal narrow = new Terminal(true, true, true, true, 50, 24);

    String shown = inProcess().with("TERM", "xterm").on(wide).run(arguments).out();
    assertTrue(shown.contains("\u001b[1mjobs\u001b[0m is empty"), shown);
    assertFalse(shown.contains("`"), shown);
    assertTrue(
        shown
                .lines()
                .filter(line -> !line.startsWith("    ") && !line.contains("pipelab"))
                .mapToInt(ExplainTest::width)
                .max()
                .orElse(0)
            > 80,
        shown);

    String plain = inProcess().on(narrow).run(arguments).out();
    assertTrue(plain.contains("`jobs` is empty"), plain);
    for (String line : plain.lines().toList()) {
      assertTrue(line.contains("pipelab ") || line.startsWith("    ") || line.length() <= 50, line);
    }
    assertEquals(
        plain.replaceAll("\\s+", " "), inProcess().run(arguments).out().replaceAll("\\s+", " "));
  }

  private static int width(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  @Test
  void everyStepOfTheLabsHereCanBeAskedFor() {
    for (Lab lab : LabCatalog.in(Path.of("templates")).labs()) {
      for (Lab.StepSpec step : lab.steps()) {
        InProcess.Outcome outcome = inProcess().run("explain", lab.id(), step.id());
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().startsWith(step.id() + ": "), outcome.out());
      }
    }
  }

  private void keep() {
    Lab lab = LabCatalog.in(folder.resolve("labs")).lab("small");
    Map<String, Double> times = new LinkedHashMap<>();
    times.put("up", 2.0);
    times.put("verify", 75.5);
    new KeptResults(
            folder.resolve(".local/state/pipelab/results"),
            lab,
            "",
            InstantSource.fixed(Instant.parse("2026-11-21T17:42:30Z")))
        .keep(
            "local",
            List.of(
                step("queue", "queue-depth", CheckStatus.PASSED, "depth 0 of 500"),
                step("a-longer-name", "depth", CheckStatus.FAILED, "depth {7} of `x`")),
            times);
  }

  private static StepResult step(String id, String check, CheckStatus status, String actual) {
    return new StepResult(
        id, id, "", status, List.of(new CheckResult(check, status, "0", actual, 1, null, null)));
  }

  private InProcess inProcess() {
    return new InProcess(folder);
  }

  private String explain(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "explain";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--lab-dir";
    all[arguments.length + 2] = folder + "/labs";
    return inProcess().transcript(all);
  }
}
