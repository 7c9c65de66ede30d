package io.pipelab.local.lambda.execution;

import static io.pipelab.local.lambda.execution.HandlerJar.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentPackagesTest {
  private static final int MOST_BYTES = 100_000;

  private final Path directory;
  private final DeploymentPackages packages;

  DeploymentPackagesTest(@TempDir Path temporary) {
    this.directory = temporary.resolve("code");
    this.packages = new DeploymentPackages(directory, MOST_BYTES, 5);
  }

  @Test
  void filesLieBelowTheTaskRootAndClassesInTheArchive() throws IOException {
    DeploymentPackage code = add(zip("a/b.txt", "text", "A.class", "no class", "lib/x.jar", "jar"));
    assertEquals("text", Files.readString(code.taskRoot().resolve("a/b.txt")));
    assertFalse(Files.exists(code.taskRoot().resolve("A.class")));
    assertEquals(
        code.zip() + ":" + code.taskRoot().resolve("lib/x.jar"), code.classPath(), "class path");
  }

  @Test
  void whatNobodyUsesIsDeleted() throws IOException {
    byte[] zip = zip("a", "a");
    DeploymentPackage code = add(zip);
    assertSame(code, add(zip));
    assertTrue(code.retain());
    code.release();
    code.release();
    assertTrue(Files.exists(code.zip()));
    code.release();
    assertNothingLeft();
    assertFalse(code.retain());
    assertThrows(IllegalStateException.class, code::release);
    assertEquals(code.zip(), add(zip).zip(), "it can come back, to the same place");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/absolute", "../escape", "a/../../escape", "a\\b", "a\0b", "..", ".", "a/.."})
  void namesThatLeadOutOrNowhereAreRefused(String name) throws IOException {
    refused("Could not unzip uploaded file.", zip(name, "x"));
  }

  @Test
  void namesThatNoFileCanHaveAreRefused() throws IOException {
    refused("Could not unzip uploaded file.", zip("x".repeat(256), "x"));
    refused("Could not unzip uploaded file.", zip("deep/".repeat(2_000) + "x", "x"));
    assertTrue(Files.exists(add(zip("\u00fc".repeat(127), "x")).zip()));
  }

  @Test
  void aFileThatIsAFolderTooIsRefused() throws IOException {
    refused("Could not unzip uploaded file.", zip("link", "x", "link/x", "y"));
    refused("Could not unzip uploaded file.", zip("link/x", "y", "link", "x"));
    refused("Could not unzip uploaded file.", zip("A.class", "x", "A.class/x", "y"));
    refused("Could not unzip uploaded file.", zip("a", "x", "a/", ""));
    add(zip("./", "", "a/", "", "a/b", "x"));
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    refused("Could not unzip uploaded file.", utf8("no zip"));
    refused("Uploaded file must be a non-empty zip", zip());
    byte[] damaged = zip("a", "x".repeat(10_000));
    for (int i = 40; i < 50; i++) {
      damaged[i] ^= 0x55;
    }
    refused("Could not unzip uploaded file.", damaged);
  }

  @Test
  void thereAreBoundsToWhatItUnpacksTo() throws IOException {
    String words = "Unzipped size must be smaller than 100000 bytes";
    refused(words, zip("a", "x".repeat(60_000), "b", "x".repeat(60_000)));
    refused(words, zip("A.class", "x".repeat(MOST_BYTES + 1)));
    refused(words, new byte[MOST_BYTES + 1]);
    add(zip("a", "x".repeat(MOST_BYTES)));
    refused("Could not", zip("1", "", "2", "", "3", "", "4", "", "5", "", "6", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "A.class"})
  void headersThatLieAboutSizesAreNotBelieved(String name) throws IOException {
    byte[] zip = zip(name, "x".repeat(10 * MOST_BYTES));
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int header = bytes.getInt(zip.length - 6);
    assertEquals(0x02014b50, bytes.getInt(header), "the central directory");
    bytes.putInt(header + 24, 7);
    refused("Unzipped size must be smaller than", zip);
  }

  private DeploymentPackage add(byte[] zip) {
    return packages.add(new ByteArrayInputStream(zip));
  }

  private void refused(String message, byte[] zip) throws IOException {
    AwsError error = assertThrows(AwsError.class, () -> add(zip));
    assertEquals("InvalidParameterValueException", error.code());
    assertEquals(400, error.status());
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
    try (Stream<Path> left = Files.list(directory)) {
      assertFalse(left.anyMatch(path -> path.getFileName().toString().startsWith("upload")));
    }
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }

  /** An archive of names and contents, in that order. */
  private static byte[] zip(String... namesAndContents) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      entries.put(namesAndContents[i], utf8(namesAndContents[i + 1]));
    }
    return HandlerJar.zip(entries);
  }
}
