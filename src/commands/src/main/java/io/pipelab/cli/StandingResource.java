package io.pipelab.cli;

import io.pipelab.workflow.look.FindResource;
import io.pipelab.workflow.look.FindResource.Found;
import io.pipelab.workflow.look.FindResource.Kind;
import io.pipelab.workflow.step.LabCopy;
import java.util.List;

/**
 * The queue or function that a command is about: in the lab that is named, or in whichever is up.
 */
final class StandingResource {
  private StandingResource() {}

  /**
   * Finds it.
   *
   * @param arguments {@code [LAB] NAME}
   * @throws io.pipelab.target.Failure of kind USAGE, with what there is, when it is not there, not
   *     named, or not the only one of that name
   */
  static Found of(Session session, List<String> arguments, Kind kind) {
    List<String> ids = session.labs().ids();
    boolean labIsNamed =
        arguments.size() == 2 || (arguments.size() == 1 && ids.contains(arguments.get(0)));
    List<LabCopy> meant =
        labIsNamed ? List.of(session.copy(arguments.get(0))) : session.copiesMeant();
    FindResource resources = FindResource.among(meant::contains, kind, session.cloud());
    List<String> names = labIsNamed ? arguments.subList(1, arguments.size()) : arguments;
    if (names.isEmpty()) {
      throw resources.nothingNamed();
    }
    return resources.named(names.get(0));
  }
}
