package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the embedded cloud with SIGKILL in the middle of a lab, phase after phase: the command at
 * hand and the next one say what happened, {@code up} recovers, and no process is left.
 */
class KilledCloudIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path xdg;
  private Launched launched;

  @BeforeEach
  void needsProc() {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/proc/self")), "looks for processes in /proc");
    launched = new Launched(xdg);
  }

  @AfterEach
  void stop() throws Exception {
    launched.run("local", "stop");
  }

  @Test
  void everyPhaseSurvivesIt() throws Exception {
    killedDuringUp();
    Launched.Ended up = launched.run("up");
    assertEquals(0, up.exitCode(), up.told());
    assertTrue(up.err().contains("is gone without having been stopped"), up.told());

    killedDuringALoad();
    Launched.Ended verify = launched.run("verify");
    assertEquals(4, verify.exitCode(), verify.told());
    assertTrue(verify.err().contains("the embedded cloud is not running"), verify.told());
    assertTrue(verify.err().contains("is gone without having been stopped"), verify.told());
    assertTrue(verify.err().contains("'pipelab up'"), verify.told());
    up = launched.run("up");
    assertEquals(0, up.exitCode(), up.told());

    killedDuringVerify();
    Launched.Ended status = launched.run("local", "status");
    assertEquals(0, status.exitCode(), status.told());
    assertTrue(status.out().contains("the embedded cloud is not running"), status.told());
    assertTrue(status.err().contains("is gone without having been stopped"), status.told());
  }

  @Test
  void stopSaysThatThereWasNothingToStopAnyMore() throws Exception {
    assertEquals(0, launched.run("local", "start").exitCode());
    kill();
    Launched.Ended stop = launched.run("local", "stop");
    assertEquals(0, stop.exitCode(), stop.told());
    assertTrue(stop.out().contains("the embedded cloud was not running"), stop.told());
    assertTrue(stop.err().contains("is gone without having been stopped"), stop.told());
  }

  private void killedDuringUp() throws Exception {
    Launched.Started up = launched.start("up");
    await("the second stack", () -> up.hasSaid("CREATE_IN_PROGRESS pipelab-decoupling-lab"));
    kill();
    saysItHasEnded(up.end(LONG), 4);
  }

  private void killedDuringALoad() throws Exception {
    Launched.Started load = launched.start("load-queue", "--count", "4000", "--rate", "400");
    await("functions and tasks", () -> !children().isEmpty());
    kill();
    Launched.Ended ended = load.end(LONG);
    saysItHasEnded(ended, 5);
    Matcher totals = Pattern.compile("(\\d+) of 4000 messages were not sent").matcher(ended.err());
    assertTrue(totals.find() && Integer.parseInt(totals.group(1)) > 0, ended.told());
  }

  private void killedDuringVerify() throws Exception {
    assertEquals(0, launched.run("load-queue", "--count", "500").exitCode());
    Launched.Started verify = launched.start("verify");
    await("functions and tasks", () -> !children().isEmpty());
    await("the first steps", () -> verify.hasSaid("ok "));
    kill();
    saysItHasEnded(verify.end(LONG), 4);
  }

  private static void saysItHasEnded(Launched.Ended ended, int exitCode) {
    assertEquals(exitCode, ended.exitCode(), ended.told());
    assertTrue(ended.err().contains("has ended while this command used it"), ended.told());
    assertTrue(ended.err().contains("'pipelab up' starts a new one"), ended.told());
    assertFalse(ended.err().contains("a bug of pipelab"), ended.told());
  }

  /** Kills the cloud and waits until nothing of it is left. */
  private void kill() throws Exception {
    long pid =
        new ObjectMapper()
            .readTree(xdg.resolve("state/pipelab/local/cloud.json").toFile())
            .path("pid")
            .asLong();
    ProcessHandle cloud = ProcessHandle.of(pid).orElseThrow();
    assertTrue(cloud.destroyForcibly());
    cloud.onExit().join();
    await("the end of " + children(), () -> children().isEmpty());
  }

  /** Every process that works in the cloud's data folder: functions, tasks, and their guards. */
  private List<String> children() {
    String data = xdg.resolve("state/pipelab/local/data").toString();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> worksIn(process, data))
          .map(Path::toString)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean worksIn(Path process, String data) {
    try {
      return process.resolve("cwd").toRealPath().toString().startsWith(data)
          || Files.readString(process.resolve("cmdline")).contains(data);
    } catch (IOException e) {
      return false; // it has just ended, or is nobody's business
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain for " + what);
      Thread.sleep(20);
    }
  }
}
