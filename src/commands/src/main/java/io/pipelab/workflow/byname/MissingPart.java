package io.pipelab.workflow.byname;

import io.pipelab.lab.Lab.PartSpec;
import io.pipelab.lab.ShellCommand;
import io.pipelab.target.Failure;
import io.pipelab.verify.HandMade.Missing;
import java.util.List;
import java.util.Optional;

/**
 * A part of a lab that was not found.
 *
 * @param names what it may be called
 * @param why {@code no queue named demo-decoupling-saa}
 */
public record MissingPart(PartSpec spec, List<String> names, String why) {
  /** Nothing is called so. */
  static MissingPart nothing(PartSpec spec, List<String> names) {
    return new MissingPart(
        spec, names, "no " + spec.kind() + " named " + String.join(" or ", names));
  }

  private String hint() {
    return "Make the " + spec.kind() + " " + names.get(0) + ": parts are found by their names.";
  }

  /** As {@code verify} tells of it. */
  Missing told(String pipelab) {
    WantedName usual = new WantedName(names.get(0));
    Optional<ShellCommand> making =
        usual.open() ? Optional.empty() : PartKinds.of(spec).making(usual);
    return new Missing(
        why, hint(), making.map(call -> call.text(pipelab)).orElse(null), spec.advice());
  }

  /** As a command that cannot do without it ends. */
  Failure failure() {
    return Failure.usage(why, hint());
  }
}
