package io.pipelab.local.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that starts children is killed with SIGKILL, and its children must be gone. */
@Timeout(300)
final class KilledCloudTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Path directory;

  KilledCloudTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void childrenOfAKilledCloudEnd() throws Exception {
    Process cloud =
        new ProcessBuilder(
                JAVA.toString(), "-cp", classPath(), Cloud.class.getName(), directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = cloud.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle java = handle(out.readLine());
      ProcessHandle shell = handle(out.readLine());
      assertTrue(java.isAlive() && shell.isAlive());
      cloud.destroyForcibly().waitFor();
      java.onExit().get(60, TimeUnit.SECONDS);
      shell.onExit().get(60, TimeUnit.SECONDS);
    } finally {
      cloud.destroyForcibly();
    }
  }

  /** Where the classes are; the runner's own class path may be hidden in a manifest or a loader. */
  private static String classPath() throws URISyntaxException {
    StringJoiner path = new StringJoiner(File.pathSeparator);
    for (Class<?> each : List.of(GuardedProcesses.class, KilledCloudTest.class)) {
      path.add(
          Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return path.toString();
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(Optional.ofNullable(pid).orElseThrow())).orElseThrow();
  }

  /** Stands for the cloud: starts a Java child and a shell child that both wait for ever. */
  static final class Cloud {
    public static void main(String[] args) throws Exception {
      GuardedProcesses processes = new GuardedProcesses(Duration.ofSeconds(1));
      Path here = Path.of(args[0]);
      List<String> java = List.of(JAVA.toString(), "-cp", classPath(), Child.class.getName());
      Process child = processes.start(java, Map.of(), here);
      child.getInputStream().read();
      List<String> shell = List.of("/bin/sh", "-c", "trap '' TERM HUP; echo x; sleep 600");
      Process other = processes.start(shell, Map.of("PATH", "/usr/bin:/bin"), here);
      other.getInputStream().read();
      System.out.println(child.pid());
      System.out.println(other.pid());
      child.waitFor();
    }
  }

  /** Says that it runs, then waits for ever. */
  static final class Child {
    public static void main(String[] args) throws Exception {
      System.out.println("x");
      Thread.currentThread().join();
    }
  }
}
