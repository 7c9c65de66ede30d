package io.pipelab.local.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path folder;

  @Test
  void aFolderGoesWithAllThatIsInItAndNothingBehindItsLinks() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "x");
    Path tree = Files.createDirectories(folder.resolve("tree/deep/er"));
    Files.writeString(tree.resolve("file"), "x");
    Files.createSymbolicLink(tree.resolve("link"), outside);
    FileTree.delete(folder.resolve("tree"));
    assertFalse(Files.exists(folder.resolve("tree")));
    assertTrue(Files.exists(outside.resolve("kept")));
    FileTree.delete(folder.resolve("tree"));
  }

  @Test
  void aLinkToAFolderGoesAlone() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
    FileTree.delete(link);
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.isDirectory(outside));
  }

  @Test
  void aCloneSharesItsFiles() throws IOException {
    Path from = Files.createDirectories(folder.resolve("from/sub"));
    Files.writeString(from.resolve("file"), "x");
    FileTree.cloneByLinks(folder.resolve("from"), folder.resolve("to"));
    assertTrue(Files.isSameFile(from.resolve("file"), folder.resolve("to/sub/file")));
    assertEquals("x", Files.readString(folder.resolve("to/sub/file")));
  }
}
