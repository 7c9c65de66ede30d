package io.pipelab.workflow;

import java.util.List;

/** Asks the user before something is changed that costs money. */
public interface Consent {
  /**
   * Returns when the user agrees.
   *
   * @param facts what will be done, and where: one line each
   * @throws io.pipelab.target.Failure of kind USAGE when the user does not, or cannot be asked
   */
  void ask(List<String> facts);
}
