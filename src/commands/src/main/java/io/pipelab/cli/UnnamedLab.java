package io.pipelab.cli;

import io.pipelab.lab.LabCatalog;
import io.pipelab.target.Failure;
import io.pipelab.workflow.Stacks;
import java.util.List;

/** Which lab is meant when none is named: the one that is up, else the default. */
final class UnnamedLab {
  private final LabCatalog catalog;
  private final Session session;

  UnnamedLab(LabCatalog catalog, Session session) {
    this.catalog = catalog;
    this.session = session;
  }

  String id() {
    List<String> ids = catalog.ids();
    if (ids.size() == 1) {
      return ids.get(0);
    }
    List<String> up = up().stream().filter(ids::contains).distinct().toList();
    return up.size() == 1 ? up.get(0) : Session.DEFAULT_LAB;
  }

  private List<String> up() {
    try {
      return new Stacks(session.clients().cloudFormation())
          .ours().stream().map(Stacks::labOf).toList();
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.UNREACHABLE) {
        return List.of();
      }
      throw e;
    }
  }
}
