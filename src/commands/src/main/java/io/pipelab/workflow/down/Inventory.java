package io.pipelab.workflow.down;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a lab consists of, as far as CloudFormation knows; taken before anything is deleted. */
public final class Inventory {
  private final Set<Leftover> things = new LinkedHashSet<>();

  synchronized void add(String type, String id) {
    things.add(new Leftover(type, id));
  }

  synchronized Set<Leftover> things() {
    return Set.copyOf(things);
  }
}
