package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCatalogTest {
  private final Path folder;

  LabCatalogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void eachFolderWithAManifestIsALab() throws IOException {
    Files.createDirectories(folder.resolve("notes"));
    lab("good", Files.readString(Path.of("templates/decoupling/lab.yaml")));
    lab("broken", "title: [");

    LabCatalog catalog = LabCatalog.in(folder);

    assertEquals(List.of("broken", "good"), catalog.ids());
    assertEquals("good", catalog.lab("good").id());
    assertThrows(ManifestError.class, () -> catalog.lab("broken"));
  }

  @Test
  void aFolderMayBeTheLabItself() {
    LabCatalog catalog = LabCatalog.in(Path.of("templates/decoupling"));

    assertEquals(List.of("decoupling"), catalog.ids());
  }

  @Test
  void anUnknownLabNamesTheNearest() {
    LabCatalog catalog = LabCatalog.in(Path.of("templates"));

    UnknownName error = assertThrows(UnknownName.class, () -> catalog.lab("decuopling"));

    assertEquals(
        "there is no lab \"decuopling\"; did you mean \"decoupling\"?", error.getMessage());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path nowhere = folder.resolve("nowhere");

    UncheckedIOException error =
        assertThrows(UncheckedIOException.class, () -> LabCatalog.in(nowhere));

    assertEquals("cannot read the labs in " + nowhere, error.getMessage());
  }

  private void lab(String id, String manifest) throws IOException {
    Path lab = Files.createDirectories(folder.resolve(id));
    Files.writeString(lab.resolve("lab.yaml"), manifest);
    for (String template : List.of("foundation.yaml", "decoupling.yaml")) {
      Files.copy(Path.of("templates/decoupling", template), lab.resolve(template));
    }
  }
}
