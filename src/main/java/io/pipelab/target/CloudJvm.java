package io.pipelab.target;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one place that says how the embedded cloud's JVM is started: flags, class path, and how it is
 * cut loose from the terminal.
 */
public final class CloudJvm {
  private static final String MAIN_CLASS = "io.pipelab.local.LocalMain";

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC", "-Xms32m", "-Xmx320m", "-XX:TieredStopAtLevel=1", "-Xlog:disable");

  /** A session of its own, so that Ctrl-C in the terminal ends the command and not the cloud. */
  private static final String DETACH =
      "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi;"
          + " trap '' HUP INT; exec \"$@\"";

  private final String classPath;
  private final String mainClass;

  /** The cloud that comes with this command: same JVM, and the class path the launcher says. */
  public CloudJvm() {
    this(
        System.getProperty("pipelab.cloud.path", System.getProperty("java.class.path")),
        MAIN_CLASS);
  }

  /** Another main class in the cloud's place, for tests. */
  CloudJvm(String classPath, String mainClass) {
    this.classPath = classPath;
    this.mainClass = mainClass;
  }

  /** The command line that runs the cloud in the foreground. */
  public List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    String archive = System.getProperty("pipelab.cloud.archive", "");
    if (!archive.isEmpty() && Files.isRegularFile(Path.of(archive))) {
      command.add("-XX:SharedArchiveFile=" + archive);
    }
    command.addAll(List.of("-cp", absolute(classPath), mainClass));
    command.addAll(arguments);
    return command;
  }

  /** The command line that runs the cloud detached from the terminal. */
  List<String> detached(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", DETACH, "pipelab"));
    command.addAll(command(arguments));
    return command;
  }

  /** Takes out what is the user's own: the cloud and its children have no use for AWS keys. */
  void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
