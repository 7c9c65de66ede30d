package io.pipelab.target;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one place that says how the embedded cloud's JVM is started: flags, class path, and how it is
 * cut loose from the terminal.
 */
public final class CloudJvm {
  private static final String MAIN_CLASS = "io.pipelab.local.LocalMain";

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms32m",
          // What a load needed goes back, and is not taken before it is needed.
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:-ShrinkHeapInSteps",
          "-XX:TieredStopAtLevel=1",
          "-Xlog:disable",
          // Half a cloud is worse than none; its last line goes to the log.
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+DisplayVMOutputToStderr");

  private static final long MIB = 1024 * 1024;
  private static final long LEAST_HEAP = 320 * MIB;
  private static final long MOST_HEAP = 1024 * MIB;

  private static final Set<String> KEPT =
      Set.of("PATH", "LD_LIBRARY_PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "TZ");

  /** A session of its own, so that Ctrl-C in the terminal ends the command and not the cloud. */
  private static final String DETACH =
      "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi;"
          + " trap '' HUP INT; exec \"$@\"";

  private final String classPath;
  private final String mainClass;
  private final String archives;

  /** The cloud that comes with this command: same JVM, and the class path the launcher says. */
  public CloudJvm() {
    this(
        System.getProperty("pipelab.cloud.path", System.getProperty("java.class.path")),
        MAIN_CLASS,
        System.getProperty("pipelab.cloud.archive", ""));
  }

  /** Another main class in the cloud's place, for tests. */
  CloudJvm(String classPath, String mainClass, String archives) {
    this.classPath = classPath;
    this.mainClass = mainClass;
    this.archives = archives;
  }

  /** The copy of the cloud's jars from which a cloud with this state folder runs. */
  CloudProgram program(Path stateFolder) {
    return new CloudProgram(stateFolder.resolve("program"), classPath);
  }

  /** Where the classes of that program are archived, so that it starts in half the time. */
  ClassArchive archive(CloudProgram program) throws IOException {
    return new ClassArchive(archives, program.fingerprint());
  }

  /** The command line that runs a program in the foreground. */
  List<String> command(CloudProgram program, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(quietFlags(Runtime.version().feature()));
    command.add("-Xmx" + heap(machineMemory()) / MIB + "m");
    command.addAll(flags);
    command.addAll(List.of("-cp", program.classPath(), mainClass));
    command.addAll(arguments);
    return command;
  }

  /** What libraries do inside, a JVM from 24 on warns of in the cloud's log. */
  static List<String> quietFlags(int java) {
    return java < 24
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  /** A quarter of the machine's memory, within bounds; functions and tasks need the rest. */
  static long heap(long machine) {
    return Math.max(LEAST_HEAP, Math.min(MOST_HEAP, machine / 4));
  }

  /** What a container's limit leaves of it. */
  private static long machineMemory() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean hotspot
        ? hotspot.getTotalMemorySize()
        : LEAST_HEAP;
  }

  /** The same, detached from the terminal. */
  static List<String> detached(List<String> command) {
    List<String> detached = new ArrayList<>(List.of("sh", "-c", DETACH, "pipelab"));
    detached.addAll(command);
    return detached;
  }

  /**
   * Leaves what a JVM needs: every function could read the rest, tokens and passwords of the shell
   * in which the cloud was started, from the environment of its process.
   */
  void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> !KEPT.contains(name) && !name.startsWith("LC_"));
    // glibc makes up to eight pools of memory a processor, and gives little of any of them back.
    environment.put("MALLOC_ARENA_MAX", "2");
  }
}
