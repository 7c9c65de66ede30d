package io.pipelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The labs in a folder: each sub-folder with a {@code lab.yaml} is one. */
public final class LabCatalog {
  private final List<Path> folders;

  private LabCatalog(List<Path> folders) {
    this.folders = folders;
  }

  /**
   * Finds the labs in a folder, or the one lab when the folder is itself a lab; manifests are read
   * only when asked for, so that one broken lab does not disturb the others.
   *
   * @throws UncheckedIOException when the folder cannot be read
   */
  public static LabCatalog in(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (isLab(absolute)) {
      return new LabCatalog(List.of(absolute));
    }
    try (Stream<Path> entries = Files.list(absolute)) {
      return new LabCatalog(entries.filter(LabCatalog::isLab).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the labs in " + folder, e);
    }
  }

  private static boolean isLab(Path folder) {
    return Files.isRegularFile(folder.resolve(Lab.MANIFEST));
  }

  /** The labs' ids, sorted. */
  public List<String> ids() {
    return folders.stream().map(LabCatalog::id).toList();
  }

  /** All labs. Throws {@link ManifestError} when one is broken. */
  public List<Lab> labs() {
    return folders.stream().map(LabManifest::read).toList();
  }

  /**
   * One lab.
   *
   * @throws UnknownName when there is none of that id
   * @throws ManifestError when its manifest is broken
   */
  public Lab lab(String id) {
    return folders.stream()
        .filter(folder -> id(folder).equals(id))
        .findFirst()
        .map(LabManifest::read)
        .orElseThrow(() -> new UnknownName("lab", id, ids()));
  }

  /**
   * One lab as far as it can be read, with the mistakes in its manifest.
   *
   * @throws UnknownName when there is none of that id
   * @throws ManifestError when its manifest is not valid YAML
   */
  public LabDraft draft(String id) {
    return folders.stream()
        .filter(folder -> id(folder).equals(id))
        .findFirst()
        .map(LabManifest::draft)
        .orElseThrow(() -> new UnknownName("lab", id, ids()));
  }

  private static String id(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
