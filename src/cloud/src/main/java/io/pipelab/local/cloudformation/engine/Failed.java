package io.pipelab.local.cloudformation.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/** The status reasons of stacks some of whose resources failed. */
final class Failed {
  private Failed() {}

  /** {@code The following resource(s) failed to create: [A, B].} */
  static String reason(LiveStack stack, Set<String> inAnyOrder, Cancellation cancellation) {
    // In the order of their names: which of two fails first is a matter of luck.
    Set<String> failed = new TreeSet<>(inAnyOrder);
    String given = cancellation.reason();
    if (given != null) {
      return given;
    }
    List<String> created = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    for (String id : failed) {
      LiveResource resource = stack.resource(id);
      boolean creation = resource == null || resource.status() == ResourceStatus.CREATE_FAILED;
      (creation ? created : updated).add(id);
    }
    List<String> sentences = new ArrayList<>();
    if (!created.isEmpty()) {
      sentences.add("The following resource(s) failed to create: " + created + ".");
    }
    if (!updated.isEmpty()) {
      sentences.add("The following resource(s) failed to update: " + updated + ".");
    }
    return String.join(" ", sentences);
  }

  static String toUpdate(Set<String> failed) {
    return "The following resource(s) failed to update: " + List.copyOf(failed) + ".";
  }

  static String toDelete(Set<String> failed) {
    return "The following resource(s) failed to delete: " + List.copyOf(failed) + ".";
  }
}
