package io.pipelab.workflow.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The server that the embedded cloud runs a lab's database on: fetched by Maven when the first
 * database is created, and kept.
 *
 * @param cache where the embedded cloud keeps what it fetches
 */
public record DatabaseServer(Path cache) {
  /** The CloudFormation type that needs it. */
  public static final String TYPE = "AWS::RDS::DBInstance";

  /** What a fetched server's folder has in it when it is complete. */
  private static final List<String> PARTS = List.of("server", "data", "tls");

  /** Whether it is there, and nothing will be downloaded. */
  public boolean isFetched() {
    if (!Files.isDirectory(cache)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(cache)) {
      return folders
          .filter(each -> each.getFileName().toString().startsWith("mariadb-"))
          .anyMatch(each -> PARTS.stream().allMatch(part -> Files.isDirectory(each.resolve(part))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
