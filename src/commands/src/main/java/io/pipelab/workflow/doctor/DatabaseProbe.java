package io.pipelab.workflow.doctor;

import io.pipelab.lab.TemplateResource;
import io.pipelab.workflow.step.DatabaseServer;
import java.nio.file.Path;
import java.util.List;

/** Whether the embedded cloud can start the lab's database: its server is fetched by Maven. */
final class DatabaseProbe implements Probe {
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
    if (resources.stream().noneMatch(each -> each.type().equals(DatabaseServer.TYPE))) {
      return List.of();
    }
    if (new DatabaseServer(cache).isFetched()) {
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
}
