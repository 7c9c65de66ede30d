package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/pipelab} on machines where something is missing or too old: one line, exit code 2. */
class LauncherIT {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cksum",
          "dirname",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "stty",
          "touch");

  private final Map<String, String> variables = new HashMap<>();
  @TempDir Path folder;
  private Path checkout;
  private Path tools;
  private Path jdk;

  @BeforeEach
  void freshCheckout() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this machine has no /bin/sh");
    checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.createDirectories(checkout.resolve("bin"));
    Files.createDirectories(checkout.resolve("src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.copy(Path.of("bin/pipelab"), checkout.resolve("bin/pipelab"));
    Files.setPosixFilePermissions(
        checkout.resolve("bin/pipelab"), PosixFilePermissions.fromString("rwxr-xr-x"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      for (String home : List.of("/usr/bin", "/bin")) {
        if (Files.exists(Path.of(home, tool)) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), Path.of(home, tool));
        }
      }
    }
    jdk = Files.createDirectories(folder.resolve("jdk/bin"));
  }

  @Test
  void withoutJava() throws Exception {
    says("no Java found: install a JDK 17 or later, or set JAVA_HOME");
  }

  @Test
  void withAnOldJava() throws Exception {
    java("11.0.22");
    says(jdk.resolve("java") + " is Java 11.0.22: install a JDK 17 or later");
  }

  @Test
  void withAVeryOldJava() throws Exception {
    java("1.8.0_402");
    says(jdk.resolve("java") + " is Java 1.8.0_402: install a JDK 17 or later");
  }

  @Test
  void withoutMaven() throws Exception {
    java("17.0.1");
    program(jdk.resolve("javac"), "exit 0");
    says("no Maven found: install Maven 3.8 or later");
  }

  @Test
  void withAJreOnly() throws Exception {
    java("17.0.1");
    maven("3.9.9");
    says("is not a JDK, and pipelab must be built");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.6.3", "3.0", "2.2.1"})
  void withAnOldMaven(String version) throws Exception {
    java("17.0.1");
    program(jdk.resolve("javac"), "exit 0");
    maven(version);
    says(tools.resolve("mvn") + " is Maven " + version + ": install Maven 3.8 or later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.7", "3.9.11", "3.10.0", "4.0.0-rc-4"})
  void aMavenThatIsNewEnoughBuilds(String version) throws Exception {
    java("21");
    program(jdk.resolve("javac"), "exit 0");
    maven(version);
    String told = run();
    assertTrue(told.contains("pipelab: building, once after each change of the sources"), told);
    assertTrue(told.contains("[ERROR] a mistake in the sources"), told);
    assertTrue(told.contains("pipelab: the build failed; the whole log is "), told);
  }

  @Test
  void aRunWritesTheClassArchiveAndTheNextCommandTakesIt() throws Exception {
    java("17.0.1");
    program(jdk.resolve("java"), "echo \"$@\"");
    built();
    assertTrue(told(0, "status").lines().noneMatch(line -> line.contains(".jsa")));
    String part = told(0, "verify", "decoupling", "--step", "queue");
    assertTrue(part.lines().noneMatch(line -> line.contains(".jsa")), part);

    String writes = told(0, "run", "decoupling");
    String draft = writes.replaceFirst("(?s).*-XX:ArchiveClassesAtExit=(\\S+) .*", "$1");
    Files.writeString(Path.of(draft), "classes");

    Path archive = Path.of(draft.replaceFirst("\\.draft\\.\\d+$", ""));
    assertTrue(told(0, "status").contains("-XX:SharedArchiveFile=" + archive + " "));
    assertEquals("classes", Files.readString(archive));
    assertTrue(Files.notExists(Path.of(draft)));
  }

  @Test
  void theCloudsArchiveCanBeSwitchedOff() throws Exception {
    java("17.0.1");
    program(jdk.resolve("java"), "echo \"$@\"");
    built();
    assertTrue(told(0, "status").contains("-Dpipelab.cloud.archive=" + folder + "/"));
    variables.put("PIPELAB_CLOUD_ARCHIVE", "off");
    assertTrue(told(0, "status").contains("-Dpipelab.cloud.archive= "));
  }

  @Test
  void anArchiveThatTheJvmRefusesIsNotTaken() throws Exception {
    java("17.0.1");
    program(jdk.resolve("java"), "case $* in *-Xshare:on*) exit 1 ;; *) echo \"$@\" ;; esac");
    built();
    String writes = told(0, "verify");
    String draft = writes.replaceFirst("(?s).*-XX:ArchiveClassesAtExit=(\\S+) .*", "$1");
    Files.writeString(Path.of(draft), "half of it");

    assertTrue(told(0, "status").lines().noneMatch(line -> line.contains("SharedArchiveFile")));
    assertTrue(Files.notExists(Path.of(draft)));
  }

  /** A checkout that looks built. */
  private void built() throws IOException {
    for (String file :
        List.of(
            "functions/images/pom.xml",
            "functions/images/target/pipelab-images.jar",
            "commands/target/pipelab.jar",
            "commands/target/lib/picocli-1.jar",
            "cloud/target/pipelab-cloud.jar",
            "cloud/target/lib/jetty-1.jar")) {
      Path jar = checkout.resolve("src").resolve(file);
      Files.createDirectories(jar.getParent());
      Files.writeString(jar, "");
    }
  }

  private void java(String version) throws IOException {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(jdk.resolve("java"), "exit 0");
  }

  /** A Maven that builds nothing. */
  private void maven(String version) throws IOException {
    program(
        tools.resolve("mvn"),
        """
        case $1 in
          --version) printf '\\033[1mApache Maven %s (abc)\\033[m\\nMaven home: /x\\n' ;;
          *) echo '[ERROR] a mistake in the sources'; exit 1 ;;
        esac
        """
            .formatted(version));
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void says(String line) throws Exception {
    String told = run();
    assertTrue(told.startsWith("pipelab: "), told);
    assertTrue(told.contains(line), told);
    assertEquals(1, told.lines().count(), told);
  }

  private String run() throws Exception {
    return told(2, "--version");
  }

  /** Runs it, and returns what it said. */
  private String told(int exitCode, String... arguments) throws Exception {
    Path said = folder.resolve("said");
    List<String> command = new ArrayList<>(List.of(checkout.resolve("bin/pipelab").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools + ":" + jdk);
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    assertEquals(exitCode, process.exitValue(), Files.readString(said));
    return Files.readString(said);
  }
}
