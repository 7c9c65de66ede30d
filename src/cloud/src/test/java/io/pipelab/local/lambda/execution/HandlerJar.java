package io.pipelab.local.lambda.execution;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles handlers from source and packs them as Lambda wants them. */
public final class HandlerJar {
  private HandlerJar() {}

  /** A zip archive of these entries. */
  public static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** An archive with one compiled class, of no package. */
  public static byte[] of(String className, String source, Path scratch) throws Exception {
    return zip(classes(className, source, scratch));
  }

  /** The classes that a source file compiles to, by their names in an archive. */
  public static Map<String, byte[]> classes(String className, String source, Path scratch)
      throws Exception {
    Path out = Files.createTempDirectory(scratch, "classes");
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Path core = Path.of(Context.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> options =
        List.of("-proc:none", "-d", out.toString(), "-cp", core.toString(), "--release", "17");
    if (!javac
        .getTask(null, null, null, options, null, List.of(new Source(className, source)))
        .call()) {
      throw new IllegalArgumentException("the handler does not compile");
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.put(out.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return entries;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) throws URISyntaxException {
      super(new URI("string:///" + className + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** UTF-8 bytes. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
