package io.pipelab.local.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerUnpackerTest {
  private Path directory;
  private Path root;

  @BeforeEach
  void folders(@TempDir Path temporary) throws IOException {
    directory = temporary.toRealPath();
    root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(directory.resolve("secret"), "secret");
  }

  @Test
  void laysLayersOverEachOther() throws IOException {
    unpack(
        new TestLayer().folder("app").file("app/a", "one").file("app/b", "b"),
        new TestLayer().file("./app/a", "two").file("deep/er/c", "c"));
    assertEquals("two", read("app/a"));
    assertEquals("b", read("app/b"));
    assertEquals("c", read("deep/er/c"));
  }

  @Test
  void filesAreReadOnlyAndProgramsStayPrograms() throws IOException {
    unpack(new TestLayer().file("data", "d").file("run", new byte[] {1}, 0755));
    assertEquals(
        "r--r--r--",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("data"))));
    assertTrue(Files.isExecutable(root.resolve("run")));
  }

  @Test
  void whiteoutsTakeAway() throws IOException {
    unpack(
        new TestLayer().file("app/a", "a").file("app/b", "b").file("old/x/y", "y"),
        new TestLayer().file("app/.wh.a", "").file("old/new", "new").file("old/.wh..wh..opq", ""));
    assertFalse(Files.exists(root.resolve("app/a")));
    assertEquals("b", read("app/b"));
    assertEquals("new", read("old/new"));
    assertFalse(Files.exists(root.resolve("old/x")));
  }

  @Test
  void aFileReplacesAFolderAndALink() throws IOException {
    unpack(
        new TestLayer().file("a/b", "b").symbolicLink("link", "a/b"),
        new TestLayer().file("a", "a").file("link", "own"));
    assertEquals("a", read("a"));
    assertEquals("own", read("link"));
  }

  @Test
  void linksStayInside() throws IOException {
    unpack(
        new TestLayer()
            .file("usr/bin/java", "java")
            .symbolicLink("bin", "usr/bin")
            .symbolicLink("usr/bin/j", "/usr/bin/java")
            .hardLink("usr/bin/hard", "bin/java")
            .symbolicLink("up", "../../../../secret")
            .symbolicLink("abs", directory.resolve("secret").toString()));
    assertEquals("java", read("bin/j"));
    assertEquals("java", read("usr/bin/hard"));
    assertFalse(Files.exists(root.resolve("up")), "what it points to is inside, and not there");
    assertFalse(Files.exists(root.resolve("abs")));
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    unpack(
        new TestLayer().symbolicLink("out", "/").symbolicLink("up", ".."),
        new TestLayer().file("out/secret", "bad").file("up/secret2", "bad"));
    assertEquals("secret", Files.readString(directory.resolve("secret")));
    assertEquals("bad", read("secret"));
    assertFalse(Files.exists(directory.resolve("secret2")));
  }

  @Test
  void entriesThatLeadOutAreRefused() {
    refused("leads out", new TestLayer().file("../secret", "bad"));
    refused("leads out", new TestLayer().file("app/../../secret", "bad"));
    refused("no target", new TestLayer().hardLink("h", "../secret"));
    refused("not a whiteout", new TestLayer().file("app/x", "").file("app/.wh...", ""));
  }

  @Test
  void anAbsoluteNameIsInside() throws IOException {
    unpack(new TestLayer().file("/etc/hosts", "inside"));
    assertEquals("inside", read("etc/hosts"));
  }

  @Test
  void devicesAreLeftOut() throws IOException {
    unpack(new TestLayer().device("dev/mem").file("a", "a"));
    assertFalse(Files.exists(root.resolve("dev/mem"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void thereAreBounds() {
    refused("more than 10 files", layerOf(11, "x"));
    refused("more than it may", layerOf(2, "x".repeat(600)));
  }

  @Test
  void namesAndHeadersHaveBoundsToo() throws IOException {
    refused("name is too long", new TestLayer().file("a/".repeat(2_100) + "b", "bad"));
    refused("name is too long", new TestLayer().symbolicLink("link", "a/".repeat(2_100)));
    refused("headers are longer", new TestLayer().comment("bad", "x".repeat(3 << 20)));
    unpack(new TestLayer().file("a/".repeat(100) + "b", "deep"));
    assertEquals("deep", read("a/".repeat(100) + "b"));
  }

  @Test
  void anOpaqueFolderIsClearedOfOtherLayersAlone() throws IOException {
    unpack(
        new TestLayer().file("a/old", "old").file("b/old", "old"),
        new TestLayer()
            .file("a/new", "new")
            .file("a/.wh..wh..opq", "")
            .file("a/later", "later")
            .file("a/.wh..wh..opq", ""));
    assertFalse(Files.exists(root.resolve("a/old")));
    assertEquals("new", read("a/new"));
    assertEquals("later", read("a/later"));
    assertEquals("old", read("b/old"));
  }

  private static TestLayer layerOf(int files, String content) {
    TestLayer layer = new TestLayer();
    for (int i = 0; i < files; i++) {
      layer.file("f" + i, content);
    }
    return layer;
  }

  private void refused(String why, TestLayer layer) {
    IOException e = assertThrows(IOException.class, () -> unpack(layer));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  private void unpack(TestLayer... layers) throws IOException {
    List<Path> files = new ArrayList<>();
    for (TestLayer layer : layers) {
      files.add(layer.write(directory.resolve("layer" + files.size())));
    }
    new LayerUnpacker(root, 10, 1000).unpack(files);
  }

  private String read(String name) throws IOException {
    return Files.readString(root.resolve(name));
  }
}
