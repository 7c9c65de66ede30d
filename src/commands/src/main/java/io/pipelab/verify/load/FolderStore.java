package io.pipelab.verify.load;

import io.pipelab.target.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps records in a folder of the user's own, for a lab that was made by hand and has no bucket of
 * ours: only this user on this machine sees them.
 */
public record FolderStore(Path folder) implements RecordStore {
  @Override
  public List<String> keys(String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  @Override
  public byte[] read(String key) {
    try {
      return Files.readAllBytes(folder.resolve(key));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place(key), e);
    }
  }

  @Override
  public void write(String key, String json) {
    try {
      PrivateFiles.write(folder.resolve(key), json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + place(key), e);
    }
  }

  @Override
  public String place(String key) {
    return folder.resolve(key).toString();
  }
}
