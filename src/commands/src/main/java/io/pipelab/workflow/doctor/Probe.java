package io.pipelab.workflow.doctor;

import java.util.List;

/** Looks at one thing that a lab needs; changes nothing. */
public interface Probe {
  /** What was found, in the order in which it is shown. */
  List<Finding> look();
}
