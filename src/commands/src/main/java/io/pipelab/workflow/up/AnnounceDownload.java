package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.lab.TemplateResource;
import io.pipelab.workflow.step.DatabaseServer;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.Map;

/** Says what the embedded cloud will download for a lab before anybody waits for it. */
public final class AnnounceDownload implements Step {
  private final Lab lab;
  private final DatabaseServer server;

  public AnnounceDownload(Lab lab, DatabaseServer server) {
    this.lab = lab;
    this.server = server;
  }

  /** Whether a lab has a database, and so may need a download. */
  public static boolean concerns(Lab lab) {
    return lab.stacks().stream()
        .flatMap(stack -> TemplateResource.in(stack.template(), Map.of()).stream())
        .anyMatch(resource -> resource.type().equals(DatabaseServer.TYPE));
  }

  @Override
  public String title() {
    return "Look for the database server of lab " + lab.id();
  }

  @Override
  public void run(Progress progress) {
    progress.note(
        server.isFetched()
            ? "MariaDB's server is in " + server.cache()
            : "MariaDB's server is not in "
                + server.cache()
                + ": Maven downloads it when the database is created, about 150 MB, once");
  }
}
