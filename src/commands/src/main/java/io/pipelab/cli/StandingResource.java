package io.pipelab.cli;

import io.pipelab.workflow.look.FindResource;
import io.pipelab.workflow.look.FindResource.Found;
import io.pipelab.workflow.look.FindResource.Kind;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue or function that a command is about: in the lab that is named, or in whichever is up.
 */
final class StandingResource {
  private StandingResource() {}

  /**
   * Finds it.
   *
   * @param arguments {@code [LAB] NAME}
   * @param byName whether the lab's parts are found by their well-known names
   * @throws io.pipelab.target.Failure of kind USAGE, with what there is, when it is not there, not
   *     named, or not the only one of that name
   */
  static Found of(Session session, List<String> arguments, Kind kind, boolean byName) {
    List<String> ids = session.labs().ids();
    boolean labIsNamed =
        arguments.size() == 2 || (arguments.size() == 1 && ids.contains(arguments.get(0)));
    FindResource resources =
        byName
            ? byName(session, labIsNamed ? arguments.get(0) : null, kind)
            : ofStacks(session, labIsNamed ? arguments.get(0) : null, kind);
    List<String> names = labIsNamed ? arguments.subList(1, arguments.size()) : arguments;
    if (names.isEmpty()) {
      throw resources.nothingNamed();
    }
    return resources.named(names.get(0));
  }

  private static FindResource byName(Session session, @Nullable String lab, Kind kind) {
    LabInstance instance = session.lab(lab).byName(true);
    return FindResource.among(instance, session.parts(instance), kind, session.cloud());
  }

  private static FindResource ofStacks(Session session, @Nullable String lab, Kind kind) {
    List<LabCopy> meant = lab == null ? session.copiesMeant() : List.of(session.copy(lab));
    return FindResource.among(meant::contains, kind, session.cloud());
  }
}
