package io.pipelab.cli;

import io.pipelab.workflow.step.LabInstance;
import java.util.List;

/**
 * Arguments of which the first may name the lab, and need not.
 *
 * @param rest what follows the lab's name
 */
record LabAndRest(LabInstance instance, List<String> rest) {
  static LabAndRest of(Session session, List<String> arguments) {
    if (!arguments.isEmpty() && session.labs().ids().contains(arguments.get(0))) {
      return new LabAndRest(session.lab(arguments.get(0)), arguments.subList(1, arguments.size()));
    }
    return new LabAndRest(session.lab(session.copy(null)), arguments);
  }
}
