package io.pipelab.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoaderUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The native library that DynamoDB Local needs. Its jar carries one for each platform; left alone,
 * the engine would copy it into the temporary folder at every start and leave it there when it is
 * killed.
 */
final class NativeSqlite {
  private static final String RESOURCES =
      "/com/amazonaws/services/dynamodbv2/local/shared/access/sqlite/native/";

  private NativeSqlite() {}

  /**
   * Puts this platform's library into a folder, unless it is there already, and tells the engine.
   *
   * @throws IOException when the folder cannot be written, or the platform has no library
   */
  static void prepare(Path folder) throws IOException {
    if (System.getProperty("org.sqlite.lib.path") != null) {
      return;
    }
    String name = SQLiteLibraryLoaderUtil.getNativeLibName();
    byte[] library = library(name);
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), library)) {
      Path fresh = Files.createTempFile(folder, "sqlite", ".new");
      Files.write(fresh, library);
      // Another cloud may load the old file right now: it keeps what it opened.
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
    System.setProperty("org.sqlite.lib.path", folder.toAbsolutePath().toString());
    System.setProperty("org.sqlite.lib.name", name);
  }

  private static byte[] library(String name) throws IOException {
    String resource =
        RESOURCES + SQLiteLibraryLoaderUtil.getNativeLibFolderPathForCurrentOS() + "/" + name;
    try (@Nullable InputStream in = SQLiteLibraryLoaderUtil.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(
            "DynamoDB Local has no SQLite library for "
                + System.getProperty("os.name")
                + " on "
                + System.getProperty("os.arch"));
      }
      return in.readAllBytes();
    }
  }
}
