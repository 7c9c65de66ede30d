package io.pipelab.cli;

import io.pipelab.lab.Phases;
import io.pipelab.target.Failure;
import io.pipelab.workflow.look.FindResource;
import io.pipelab.workflow.look.FindResource.Found;
import io.pipelab.workflow.look.FindResource.Kind;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import java.util.List;
import java.util.Optional;
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
    try {
      return resources.named(names.get(0));
    } catch (Failure e) {
      if (byName) {
        throw e;
      }
      List<LabCopy> meant =
          labIsNamed ? List.of(session.copy(arguments.get(0))) : session.copiesMeant();
      throw unfinished(session, meant).map(next -> with(next, e)).orElse(e);
    }
  }

  /** What may bring it: the next phase of a lab that is not built whole. */
  private static Optional<String> unfinished(Session session, List<LabCopy> copies) {
    for (LabCopy copy : copies) {
      if (session.labs().ids().contains(copy.lab())) {
        LabInstance instance = session.lab(copy);
        Phases phases = instance.lab().phases();
        String standing = session.standingPhase(instance).orElse("");
        if (phases.ids().contains(standing) && !phases.isWhole(standing)) {
          return Optional.of(
              "lab %s is built up to phase %s; 'pipelab up %s --next' builds one phase more"
                  .formatted(copy.asArguments(), phases.place(standing), copy.asArguments()));
        }
      }
    }
    return Optional.empty();
  }

  private static Failure with(String next, Failure e) {
    return new Failure(e.kind(), e.what(), e.why(), next, e);
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
