package io.pipelab.cli;

import io.pipelab.target.Failure;
import io.pipelab.workflow.step.LabCopy;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which copy of a lab is meant when no lab is named: the one that is up; when several are, the user
 * has to say; when none is, the default.
 */
final class UnnamedLab {
  private UnnamedLab() {}

  /**
   * Chooses.
   *
   * @param up the copies that are up, of which one can be meant
   * @param otherwise what is meant when none is
   * @throws Failure of kind USAGE when several are up
   */
  static LabCopy of(List<LabCopy> up, LabCopy otherwise) {
    if (up.size() > 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          up.size() + " labs are up: name the one that is meant",
          up.stream().map(LabCopy::asArguments).collect(Collectors.joining(", ")),
          "put it behind the command, as in '... " + up.get(0).asArguments() + "'");
    }
    return up.isEmpty() ? otherwise : up.get(0);
  }
}
