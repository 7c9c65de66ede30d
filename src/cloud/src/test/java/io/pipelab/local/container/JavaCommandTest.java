package io.pipelab.local.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
  private Path root;

  @BeforeEach
  void image(@TempDir Path temporary) throws IOException {
    root = temporary.toRealPath();
    Files.createDirectories(root.resolve("app/libs"));
    Files.writeString(root.resolve("app/app.jar"), "");
    Files.writeString(root.resolve("app/jib-classpath-file"), "/app/classes:/app/libs/a.jar\n");
  }

  @Test
  void classPathsMoveIntoTheImage() throws Exception {
    assertEquals(
        List.of("-cp", root + "/app/resources:" + root + "/app/libs/*:rel", "Main", "arg"),
        program("java", "-cp", "/app/resources:/app/libs/*:rel", "Main", "arg"));
    assertEquals(
        List.of("--class-path=" + root + "/app", "Main"),
        program("/usr/bin/java", "--class-path=/app", "Main"));
  }

  @Test
  void jarsAgentsAndFilesMoveToo() throws Exception {
    assertEquals(
        List.of("-javaagent:" + root + "/app/agent.jar", "-jar", root + "/app/app.jar", "/app"),
        program("java", "-javaagent:/app/agent.jar", "-jar", "/app/app.jar", "/app").stream()
            .map(word -> word.equals(root + "/app") ? "/app" : word)
            .toList());
    assertEquals(
        List.of("-Dconfig=" + root + "/app/app.jar", "-Dother=/none", "Main"),
        program("java", "-Dconfig=/app/app.jar", "-Dother=/none", "Main"));
  }

  @Test
  void jibsClassPathFileIsReadFromTheImage() throws Exception {
    assertEquals(
        List.of("-cp", root + "/app/classes:" + root + "/app/libs/a.jar", "Main"),
        program("java", "-cp", "@/app/jib-classpath-file", "Main"));
  }

  @Test
  void theJvmSeesTheContainersSize() throws Exception {
    List<String> all = command("java", "-Xmx64m", "Main");
    assertTrue(all.contains("-XX:MaxRAM=512m"), all.toString());
    assertTrue(all.indexOf("-Xmx64m") > all.indexOf("-XX:MaxRAM=512m"));
  }

  @Test
  void whatIsNoJavaProgramFailsByName() {
    assertEquals(
        "pipelab's embedded cloud runs Java programs, by the host's JVM;" + " 'sh' is not java",
        refusal("sh", "-c", "java Main"));
    assertTrue(refusal().contains("no entry point"));
    assertTrue(refusal("java", "-cp", "/app").contains("names no class"));
    assertTrue(refusal("java", "@/app/args", "Main").contains("argument file"));
    assertTrue(refusal("java", "-cp", "@/none", "Main").contains("class path cannot be read"));
  }

  private List<String> command(String... words) throws ImageFailure {
    return new JavaCommand(new ImageRoot(root), Path.of("/host/java"))
        .of(List.of(words), JavaCommand.options(512, Path.of("/host/tmp")));
  }

  /** The words behind those that pipelab adds. */
  private List<String> program(String... words) throws ImageFailure {
    List<String> all = command(words);
    assertEquals("/host/java", all.get(0));
    return all.subList(all.indexOf("-Djava.io.tmpdir=/host/tmp") + 1, all.size());
  }

  private String refusal(String... words) {
    return assertThrows(ImageFailure.class, () -> command(words)).getMessage();
  }
}
