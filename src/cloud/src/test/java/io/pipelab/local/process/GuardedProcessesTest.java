package io.pipelab.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class GuardedProcessesTest {
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

  private final GuardedProcesses processes = new GuardedProcesses(Duration.ofMillis(300));

  private final Path directory;

  GuardedProcessesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void endChildren() {
    processes.close();
  }

  @Test
  void exitCodeIsTheProgramsOwn() throws Exception {
    assertEquals(42, sh("exit 42").waitFor());
    assertEquals(128 + 9, sh("kill -KILL $$").waitFor());
  }

  @Test
  void outputAndErrorAreSeparate() throws Exception {
    Process process = sh("echo out; echo err >&2");
    assertEquals(
        "out\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(
        "err\n", new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void programGetsItsWordsAndEnvironmentAsTheyAre() throws Exception {
    Process process =
        processes.start(
            List.of("/bin/sh", "-c", "echo \"$1|$X|$HOME\"", "sh", "a 'b' $c"),
            Map.of("PATH", "/usr/bin:/bin", "X", "1 \"2\""),
            directory);
    assertEquals("a 'b' $c|1 \"2\"|", firstLine(process));
  }

  @Test
  void variablesThatNoShellCouldAssignArrive() throws Exception {
    Process process =
        processes.start(
            List.of("/usr/bin/env"), Map.of("spring.datasource", "x", "a-b", "y"), directory);
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(all.contains("spring.datasource=x\n") && all.contains("a-b=y\n"), all);
  }

  @Test
  void processIdIsTheProgramsOwn() throws Exception {
    Process process = sh("echo $$");
    assertEquals(Long.toString(process.pid()), firstLine(process));
  }

  @Test
  void aQuarterOfAProcessorWeighsAQuarter() throws Exception {
    assertEquals(0, GuardedCommand.niceness(1024));
    assertEquals(0, GuardedCommand.niceness(16_384));
    assertEquals(3, GuardedCommand.niceness(512));
    assertEquals(19, GuardedCommand.niceness(1));
    String niceness = "ps -o ni= -p $$";
    Process quarter = processes.start(List.of("/bin/sh", "-c", niceness), PATH, directory, 256);
    assertEquals(number(firstLine(sh(niceness))) + 6, number(firstLine(quarter)));
  }

  private static int number(String text) {
    return Integer.parseInt(text.trim());
  }

  @Test
  @EnabledIf("groupsSessions")
  void sessionsWeighLessWhereLinuxGroupsThem() throws Exception {
    String wait = "until grep -q 'nice 6$' /proc/self/autogroup; do sleep 0.05; done; echo light";
    Process quarter = processes.start(List.of("/bin/sh", "-c", wait), PATH, directory, 256);
    assertEquals("light", firstLine(quarter));
    assertTrue(firstLine(sh("cat /proc/self/autogroup")).endsWith("nice 0"));
  }

  static boolean groupsSessions() {
    return Files.isWritable(Path.of("/proc/self/autogroup"));
  }

  @Test
  void destroyLetsTheProgramFinish() throws Exception {
    Process process = sh("trap 'echo finishing; exit 7' TERM; echo ready; sleep 600 & wait");
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", out.readLine());
    process.destroy();
    assertEquals("finishing", out.readLine());
    assertEquals(7, process.waitFor());
  }

  @Test
  void whatTheProgramStartedEndsWithIt() throws Exception {
    Process process = sh("sleep 600 & echo $!");
    ProcessHandle grandchild = handle(firstLine(process));
    assertEquals(0, process.waitFor());
    awaitEnd(grandchild);
  }

  @Test
  void endOfStandardInputKillsTheProgramAndItsChildren() throws Exception {
    Process process = sh("trap '' TERM; sleep 600 & echo $!; wait");
    ProcessHandle grandchild = handle(firstLine(process));
    process.getOutputStream().close();
    assertEquals(128 + 9, process.waitFor());
    awaitEnd(grandchild);
  }

  @Test
  void closeEndsAProgramThatIgnoresTheSignal() throws Exception {
    Process stubborn = sh("trap '' TERM; echo ready; while :; do sleep 600; done");
    assertEquals("ready", firstLine(stubborn));
    processes.close();
    assertFalse(stubborn.isAlive());
    assertThrows(IOException.class, () -> sh("true"));
  }

  @Test
  void missingProgramAndMissingDirectoryAreErrors() {
    assertThrows(
        IOException.class, () -> processes.start(List.of("/no/such/program"), PATH, directory));
    assertThrows(
        IOException.class,
        () -> processes.start(List.of("/bin/sh"), PATH, directory.resolve("missing")));
  }

  @Test
  void perlStartsASessionWhereSetsidIsMissing() throws Exception {
    List<String> words = new java.util.ArrayList<>(GuardedCommand.perlSession());
    words.addAll(List.of("/bin/sh", "-c", "ps -o pgid= -p $$; echo $$"));
    Process process = new ProcessBuilder(words).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String group = Optional.ofNullable(out.readLine()).orElseThrow().trim();
    assertEquals(group, out.readLine());
  }

  private Process sh(String script) throws IOException {
    return processes.start(List.of("/bin/sh", "-c", script), PATH, directory);
  }

  private static String firstLine(Process process) throws IOException {
    return Optional.ofNullable(process.inputReader(StandardCharsets.UTF_8).readLine())
        .orElseThrow();
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    process.onExit().get(60, TimeUnit.SECONDS);
  }
}
