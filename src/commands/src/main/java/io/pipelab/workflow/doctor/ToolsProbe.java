package io.pipelab.workflow.doctor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Java that pipelab runs on, and Maven, which is needed only to build it. */
public final class ToolsProbe implements Probe {
  private static final int OLDEST_JAVA = 17;

  private final Runtime.Version version;
  private final Path javaHome;
  private final Map<String, String> environment;

  public ToolsProbe(Runtime.Version version, Path javaHome, Map<String, String> environment) {
    this.version = version;
    this.javaHome = javaHome;
    this.environment = environment;
  }

  @Override
  public List<Finding> look() {
    return List.of(java(), maven());
  }

  private Finding java() {
    String what = "Java " + version.feature() + " in " + javaHome;
    if (version.feature() < OLDEST_JAVA) {
      return Finding.stops("java", what + " is too old", "install a JDK 17 or later");
    }
    return Files.isExecutable(javaHome.resolve("bin").resolve("javac"))
        ? Finding.ok("java", what)
        : Finding.note(
            "java",
            what + " has no compiler: it runs pipelab, and cannot build it",
            "install a JDK before you change the sources");
  }

  private Finding maven() {
    return hasMaven(environment)
        ? Finding.ok("maven", "Maven is on the PATH")
        : Finding.note(
            "maven",
            "no Maven on the PATH: pipelab runs, and cannot be built again",
            "install Maven 3.8 or later before you change the sources");
  }

  /** Whether there is a Maven on an environment's PATH. */
  static boolean hasMaven(Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve("mvn"))
        .anyMatch(Files::isExecutable);
  }
}
