package io.pipelab.workflow.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.drive.Upload;
import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadSettingsTest {
  private static final Settings DRIVE =
      Settings.of(
          Path.of("lab.yaml"),
          new Lab.DriveSpec("upload", Map.of("bucket", "b", "folder", "ingest/")));

  @TempDir Path folder;

  @Test
  void samplesGoWhereTheyLie() {
    List<Upload> files = UploadSettings.samples(DRIVE, Path.of("samples/image-resize")).files();

    assertEquals(10, files.size());
    assertTrue(
        files.stream().map(Upload::key).toList().contains("ingest/red flower.jpg"),
        files.toString());
    assertTrue(files.stream().anyMatch(file -> file.key().equals("elsewhere/balloon.jpg")));
    assertTrue(files.stream().noneMatch(file -> file.key().endsWith(".md")));
  }

  @Test
  void aUsersFilesGoIntoTheLabsFolder() throws IOException {
    Path picture = Files.writeString(folder.resolve("My Cat.JPG"), "x");

    Upload upload = UploadSettings.of(DRIVE, List.of(picture)).files().get(0);

    assertEquals("ingest/My Cat.JPG", upload.key());
    assertEquals("image/jpeg", upload.contentType());
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    Path one = Files.writeString(Files.createDirectory(folder.resolve("1")).resolve("a"), "x");
    Path other = Files.writeString(Files.createDirectory(folder.resolve("2")).resolve("a"), "x");

    assertEquals(folder + " is not a file", refusal(folder));
    assertEquals(folder.resolve("no") + " is not there", refusal(folder.resolve("no")));
    assertEquals("two of the files would be ingest/a in the bucket", refusal(one, other));
  }

  @Test
  void aLabWithoutABucketSaysSo() {
    Lab lab = LabCatalog.in(Path.of("templates")).lab("decoupling");

    Failure failure =
        assertThrows(Failure.class, () -> UploadToLab.ACTION.settings(lab, "no bucket for files"));

    assertEquals("lab decoupling has no bucket for files", failure.what());
  }

  private static String refusal(Path... files) {
    return assertThrows(Failure.class, () -> UploadSettings.of(DRIVE, List.of(files))).what();
  }
}
