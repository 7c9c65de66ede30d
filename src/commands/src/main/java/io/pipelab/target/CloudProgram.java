package io.pipelab.target;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embedded cloud's own copy of its jars, so that a checkout can be rebuilt, or cleaned, under a
 * cloud that runs. Libraries are hard links where that is possible: they are never changed in
 * place, because their names hold their versions. pipelab's own jar is copied.
 *
 * <p>May be brought up to date only while no cloud runs from it.
 */
final class CloudProgram {
  /** Puts "." on the class path, with which the JVM archives no class. */
  private static final String WITH_CLASS_PATH = "DynamoDBLocal-";

  private final Path folder;
  private final List<String> entries;

  /**
   * A program.
   *
   * @param folder where the copy is
   * @param classPath what is copied; an entry that ends with {@code /*} is a folder of libraries
   */
  CloudProgram(Path folder, String classPath) {
    this.folder = folder;
    this.entries = List.of(classPath.split(File.pathSeparator, -1));
  }

  /** A file or folder of the class path, and what stands for it in the copy. */
  private record Part(Path original, Path copy) {
    boolean isCopied() {
      return !copy.equals(original);
    }

    boolean isJar() {
      return copy.toString().endsWith(".jar");
    }
  }

  /** Brings the copy up to date and removes what is no longer part of it. */
  void install() throws IOException {
    PrivateFiles.createFolder(folder);
    Set<Path> wanted = new HashSet<>();
    for (Part part : parts()) {
      if (part.isCopied()) {
        bring(part);
        wanted.add(part.copy());
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!wanted.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Whether the copy is of what is built now: pipelab's own jar is the same. */
  boolean isCurrent() throws IOException {
    for (Part part : parts()) {
      if (part.isCopied() && isOwn(part.original())) {
        return Files.exists(part.copy()) && Files.mismatch(part.original(), part.copy()) < 0;
      }
    }
    return true;
  }

  /** The class path that leads to the copy, with every jar by its name. */
  String classPath() throws IOException {
    return parts().stream()
        .filter(part -> part.isJar() || !part.isCopied())
        .map(part -> part.copy().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Differs between two copies whose classes may differ. */
  String fingerprint() throws IOException {
    StringBuilder all = new StringBuilder(System.getProperty("java.home")).append(folder);
    if (!Files.isDirectory(folder)) {
      return "none"; // of a cloud that was started before there were copies
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append('|').append(file.getFileName()).append(' ').append(Files.size(file));
        all.append(' ').append(Files.getLastModifiedTime(file).toMillis());
      }
    }
    return Integer.toHexString(all.toString().hashCode());
  }

  /** In the order of the class path, each once. */
  private List<Part> parts() throws IOException {
    Map<Path, Part> parts = new LinkedHashMap<>();
    for (String entry : entries) {
      if (entry.endsWith("/*")) {
        Path libraries = Path.of(entry.substring(0, entry.length() - 2)).toAbsolutePath();
        Path copies = folder.resolve("lib").resolve(String.valueOf(entries.indexOf(entry)));
        for (Path file : files(libraries)) {
          parts.putIfAbsent(file, new Part(file, copies.resolve(file.getFileName())));
        }
      } else {
        Path file = Path.of(entry).toAbsolutePath();
        // Folders of classes are a developer's: they stay where they are.
        Path copy = Files.isRegularFile(file) ? folder.resolve(file.getFileName()) : file;
        parts.putIfAbsent(file, new Part(file, copy));
      }
    }
    return List.copyOf(parts.values());
  }

  /** All of them: native libraries are looked for beside their jar. */
  private static List<Path> files(Path libraries) throws IOException {
    try (Stream<Path> files = Files.list(libraries)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The launcher names pipelab's own jar first. */
  private boolean isOwn(Path original) {
    return original.equals(Path.of(entries.get(0)).toAbsolutePath());
  }

  private static boolean isWithClassPath(Path original) {
    return String.valueOf(original.getFileName()).startsWith(WITH_CLASS_PATH);
  }

  private void bring(Part part) throws IOException {
    if (isSame(part.original(), part.copy())) {
      return;
    }
    Files.createDirectories(part.copy().getParent());
    Files.deleteIfExists(part.copy());
    if (isWithClassPath(part.original())) {
      copyWithoutClassPath(part.original(), part.copy());
    } else if (isOwn(part.original())) {
      copy(part.original(), part.copy());
    } else {
      link(part.original(), part.copy());
    }
  }

  private static boolean isSame(Path original, Path copy) throws IOException {
    if (!Files.exists(copy)) {
      return false;
    }
    BasicFileAttributes there = Files.readAttributes(original, BasicFileAttributes.class);
    BasicFileAttributes here = Files.readAttributes(copy, BasicFileAttributes.class);
    boolean changedOnPurpose = isWithClassPath(original);
    return there.lastModifiedTime().equals(here.lastModifiedTime())
        && (changedOnPurpose || there.size() == here.size());
  }

  private static void link(Path original, Path copy) throws IOException {
    try {
      Files.createLink(copy, original);
    } catch (IOException | UnsupportedOperationException e) {
      // Another disk, or one without links.
      copy(original, copy);
    }
  }

  private static void copy(Path original, Path copy) throws IOException {
    Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void copyWithoutClassPath(Path original, Path copy) throws IOException {
    Files.copy(original, copy);
    try (FileSystem jar = FileSystems.newFileSystem(copy)) {
      Path file = jar.getPath("META-INF", "MANIFEST.MF");
      Manifest manifest;
      try (var in = Files.newInputStream(file)) {
        manifest = new Manifest(in);
      }
      manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
      try (OutputStream out = Files.newOutputStream(file)) {
        manifest.write(out);
      }
    }
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(original));
  }
}
