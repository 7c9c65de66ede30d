package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user may type wrong: each says what, why and what to do, in at most three lines; a lab's
 * mistakes in a line each.
 */
class BadInputTest {
  private static final Map<String, String> CASES = new TreeMap<>();

  static {
    CASES.put("unknown-command", "upp");
    CASES.put("unknown-subcommand", "local strat");
    CASES.put("unknown-lab", "up decopling");
    CASES.put("unknown-option", "up --instanse two");
    CASES.put("unknown-step", "verify decoupling --step alram");
    CASES.put("unknown-parameter", "up decoupling -P TaskCuont=2");
    CASES.put("unknown-phase", "up image-resize --phase buckets");
    CASES.put("phase-and-next", "up image-resize --phase bucket --next");
    CASES.put("policy-for-what", "doctor decoupling --for up");
    CASES.put("parameter-without-value", "up decoupling -P TaskCount");
    CASES.put("one-argument-too-many", "up decoupling twice");
    CASES.put("option-without-value", "verify decoupling --step");
    CASES.put("count-is-no-number", "load-queue decoupling --count many");
    CASES.put("count-is-zero", "load-queue decoupling --count 0");
    CASES.put("count-is-negative", "load-queue decoupling --count -5");
    CASES.put("count-is-too-long", "load-queue decoupling --count 99999999999999999999");
    CASES.put("poison-is-negative", "load-queue decoupling --poison -1");
    CASES.put("poison-is-more-than-count", "load-queue decoupling --count 5 --poison 6");
    CASES.put("rate-is-no-rate", "load-queue decoupling --rate fast");
    CASES.put("body-file-is-not-there", "load-queue decoupling --body-file TMP/nothing.txt");
    CASES.put("duration-is-none", "verify decoupling --within soon");
    CASES.put("timeout-is-zero", "up decoupling --timeout 0s");
    CASES.put("instance-is-no-name", "up decoupling --instance Zwei!");
    CASES.put("target-is-none", "status decoupling --target azure");
    CASES.put("target-is-an-address", "status decoupling --target http://127.0.0.1:1");
    CASES.put("endpoint-is-no-address", "status decoupling --endpoint-url nowhere");
    CASES.put("output-is-none", "labs -o yaml");
    CASES.put("speed-is-zero", "local start --speed 0");
    CASES.put("port-is-none", "local start --port 70000");
    CASES.put("json-without-an-end", "logs decoupling --follow -o json");
    CASES.put("labs-folder-is-not-there", "labs --lab-dir TMP/nowhere");
    CASES.put("manifest-with-a-wrong-key", "up wrongkey --lab-dir TMP/labs");
    CASES.put("manifest-that-is-no-yaml", "up noyaml --lab-dir TMP/labs");
    CASES.put("template-that-is-no-yaml", "up badtemplate --lab-dir TMP/labs");
  }

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachSaysWhatWhyAndWhatToDo() throws IOException {
    writeBrokenLabs();
    return CASES.entrySet().stream()
        .map(
            test ->
                DynamicTest.dynamicTest(test.getKey(), () -> look(test.getKey(), test.getValue())));
  }

  private void writeBrokenLabs() throws IOException {
    writeLab("wrongkey", "titel: My lab\n");
    writeLab("noyaml", "title: [\n");
    Path lab = writeLab("badtemplate", Files.readString(Path.of("templates/decoupling/lab.yaml")));
    Files.copy(Path.of("templates/decoupling/foundation.yaml"), lab.resolve("foundation.yaml"));
    Files.writeString(lab.resolve("decoupling.yaml"), "Resources:\n  A: {Type: AWS::SQS::Queue\n");
  }

  @Test
  void oneBrokenLabDoesNotHideTheOthers() throws IOException {
    writeLab("wrongkey", "titel: My lab\n");
    writeLab(
        "small",
        """
        title: Small
        summary: One queue.
        services: [SQS]
        cost: {hourlyUsd: 0, note: nothing}
        stacks:
          - {id: lab, template: small.yaml}
        steps:
          - id: queue
            title: There is a queue
            hop: SQS
            checks:
              - {type: queue-depth, with: {queue: "https://sqs/q", equals: 0}, hint: look}
        """);
    Files.writeString(
        folder.resolve("labs/small/small.yaml"), "Resources:\n  Q: {Type: AWS::SQS::Queue}\n");
    Path labs = folder.resolve("labs");
    InProcess pipelab = new InProcess(folder);
    Golden.assertMatches(
        "labs-and-a-broken-one", pipelab.transcript("labs", "--lab-dir", labs.toString()));
    Golden.assertMatches(
        "labs-json", pipelab.transcript("labs", "--lab-dir", labs.toString(), "-o", "json"));
  }

  @Test
  void doctorFindsEveryMistakeOfALab() throws IOException {
    writeLab("wrongkey", "titel: My lab\n");

    InProcess.Outcome outcome =
        new InProcess(folder)
            .run("doctor", "wrongkey", "--lab-dir", folder.resolve("labs").toString());

    List<String> stops =
        outcome.out().lines().filter(line -> line.contains("wrongkey/lab.yaml:1:1: ")).toList();
    assertEquals(7, stops.size(), outcome.out());
    assertTrue(
        stops.get(0).endsWith("titel: unknown key; did you mean \"title\"? -> fix it there"),
        stops.toString());
    assertEquals(2, outcome.exit());
  }

  private void look(String name, String line) {
    String[] args = line.replace("TMP", folder.toString()).split(" ", -1);
    InProcess.Outcome outcome = new InProcess(folder).run(args);
    assertTrue(outcome.exit() == 2, "exit " + outcome.exit() + ": " + outcome.err());
    boolean manyMistakes = outcome.err().contains(" mistakes\n");
    assertTrue(manyMistakes || outcome.err().lines().count() <= 3, outcome.err());
    Golden.assertMatches("bad-input/" + name, new InProcess(folder).transcript(args));
  }

  @Test
  void noCommandAtAllShowsTheHelp() {
    InProcess.Outcome outcome = new InProcess(folder).run();
    assertEquals(2, outcome.exit());
    assertEquals(new InProcess(folder).run("--help").out(), outcome.err());
  }

  @Test
  void aWrongSettingInTheConfigurationFileIsNamedWithItsLine() throws IOException {
    Path config = Files.createDirectories(folder.resolve(".config/pipelab"));
    Files.writeString(config.resolve("config.yaml"), "# mine\nregoin: eu-west-1\n");
    Golden.assertMatches(
        "bad-input/configuration", new InProcess(folder).transcript("status", "decoupling"));
  }

  private Path writeLab(String id, String manifest) throws IOException {
    Path lab = Files.createDirectories(folder.resolve("labs").resolve(id));
    Files.writeString(lab.resolve("lab.yaml"), manifest);
    return lab;
  }
}
