package io.pipelab.workflow.byname;

import io.pipelab.lab.ShellCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of part: how one is found by its name, and what is known of it then. */
interface PartKind {
  /** What a manifest calls it: {@code queue}. */
  String word();

  /** What of a part can be an output of the lab. */
  Set<String> facts();

  /** The parts of that name; one, unless the name is open. Empty when there is none. */
  List<Part> find(Search search, WantedName name);

  /** Whether a manifest may say only how the name begins. */
  default boolean takesOpenNames() {
    return false;
  }

  /** The one call that makes a part of that name, when one does. */
  default Optional<ShellCommand> making(WantedName name) {
    return Optional.empty();
  }
}
