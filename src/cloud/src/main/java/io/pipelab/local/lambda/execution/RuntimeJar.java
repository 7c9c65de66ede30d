package io.pipelab.local.lambda.execution;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import io.pipelab.local.lambda.runtime.Bootstrap;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jar of the runtime that calls Java handlers. It holds that one package alone: with pipelab's
 * own jar on its class path, a function would see classes that it does not have on AWS.
 */
final class RuntimeJar {
  private static final String PACKAGE = Bootstrap.class.getPackageName().replace('.', '/');

  private RuntimeJar() {}

  /** Writes the jar and returns the class path of the runtime, with AWS's two libraries. */
  static String classPath(Path jar) throws IOException {
    write(jar);
    return String.join(
        File.pathSeparator,
        jar.toString(),
        home(Context.class).toString(),
        home(PojoSerializer.class).toString());
  }

  private static void write(Path jar) throws IOException {
    Path home = home(Bootstrap.class);
    Files.createDirectories(jar.toAbsolutePath().getParent());
    if (Files.isDirectory(home)) {
      write(jar, home.resolve(PACKAGE));
    } else {
      try (FileSystem archive = FileSystems.newFileSystem(home)) {
        write(jar, archive.getPath("/" + PACKAGE));
      }
    }
  }

  private static void write(Path jar, Path classes) throws IOException {
    List<Path> files;
    try (Stream<Path> listing = Files.list(classes)) {
      files = listing.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(PACKAGE + "/" + file.getFileName()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  /** The jar or folder that a class was loaded from. */
  private static Path home(Class<?> type) throws IOException {
    URI location;
    try {
      location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IOException("cannot find " + type.getName(), e);
    }
    return Path.of(location).toAbsolutePath();
  }
}
