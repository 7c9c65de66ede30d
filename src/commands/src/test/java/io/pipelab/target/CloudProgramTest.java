package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudProgramTest {
  @TempDir Path folder;
  private Path jar;
  private Path libraries;
  private Path copy;
  private CloudProgram program;

  @BeforeEach
  void build() throws IOException {
    jar = Files.writeString(folder.resolve("own.jar"), "own");
    libraries = Files.createDirectories(folder.resolve("lib"));
    Files.writeString(libraries.resolve("a-1.jar"), "a");
    Files.writeString(libraries.resolve("native.so"), "n");
    copy = folder.resolve("program");
    program = new CloudProgram(copy, jar + File.pathSeparator + libraries + "/*");
  }

  @Test
  void survivesARebuildAndACleanOfTheCheckout() throws IOException {
    program.install();
    String path = program.classPath();
    Files.writeString(jar, "rebuilt");
    Files.delete(libraries.resolve("a-1.jar"));

    assertEquals(
        copy.resolve("own.jar") + File.pathSeparator + copy.resolve("lib/1/a-1.jar"), path);
    assertEquals("own", Files.readString(copy.resolve("own.jar")));
    assertEquals("a", Files.readString(copy.resolve("lib/1/a-1.jar")));
    assertTrue(Files.exists(copy.resolve("lib/1/native.so")), "beside its jar");
  }

  @Test
  void knowsThatItIsOfAnotherBuild() throws IOException {
    program.install();
    assertTrue(program.isCurrent());
    Files.writeString(jar, "rebuilt");
    assertFalse(program.isCurrent());
  }

  @Test
  void isBroughtUpToDateByTheNextStart() throws IOException {
    program.install();
    String before = program.fingerprint();
    assertEquals(before, program.fingerprint());
    Files.writeString(jar, "rebuilt");
    Files.delete(libraries.resolve("a-1.jar"));
    Files.writeString(libraries.resolve("a-2.jar"), "aa");
    program.install();

    assertEquals("rebuilt", Files.readString(copy.resolve("own.jar")));
    assertFalse(Files.exists(copy.resolve("lib/1/a-1.jar")), "no two versions of a library");
    assertEquals("aa", Files.readString(copy.resolve("lib/1/a-2.jar")));
    assertNotEquals(before, program.fingerprint());
  }

  @Test
  void takesTheClassPathOutOfTheOneManifestThatWouldPreventAnArchive() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, ". other.jar");
    Path library = libraries.resolve("DynamoDBLocal-1.jar");
    try (OutputStream out = Files.newOutputStream(library);
        JarOutputStream content = new JarOutputStream(out, manifest)) {
      content.flush();
    }
    program.install();

    try (JarFile stripped = new JarFile(copy.resolve("lib/1/DynamoDBLocal-1.jar").toFile())) {
      Attributes left = stripped.getManifest().getMainAttributes();
      assertFalse(left.containsKey(Attributes.Name.CLASS_PATH));
    }
    assertEquals(
        Files.getLastModifiedTime(library),
        Files.getLastModifiedTime(copy.resolve("lib/1/DynamoDBLocal-1.jar")));
  }
}
