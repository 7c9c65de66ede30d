package io.pipelab.workflow.doctor;

import io.pipelab.lab.TemplateResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether the embedded cloud can start the lab's database: its server is fetched by Maven. */
final class DatabaseProbe implements Probe {
  private static final String TYPE = "AWS::RDS::DBInstance";

  /** What a fetched server's folder has in it when it is complete. */
  private static final List<String> PARTS = List.of("server", "data", "tls");

  private final List<TemplateResource> resources;
  private final Path cache;
  private final boolean maven;

  /**
   * @param cache where the embedded cloud keeps what it fetches
   * @param maven whether Maven is on the PATH
   */
  DatabaseProbe(List<TemplateResource> resources, Path cache, boolean maven) {
    this.resources = resources;
    this.cache = cache;
    this.maven = maven;
  }

  @Override
  public List<Finding> look() {
    if (resources.stream().noneMatch(each -> each.type().equals(TYPE))) {
      return List.of();
    }
    if (isFetched()) {
      return List.of(Finding.ok("database", "MariaDB's server is in " + cache));
    }
    return List.of(
        maven
            ? Finding.note(
                "database",
                "MariaDB's server is not in "
                    + cache
                    + " yet: Maven downloads it (150 MB) when the database is created, once",
                null)
            : Finding.stops(
                "database",
                "MariaDB's server is not in " + cache + ", and there is no Maven to fetch it",
                "install Maven 3.8 or later"));
  }

  private boolean isFetched() {
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
