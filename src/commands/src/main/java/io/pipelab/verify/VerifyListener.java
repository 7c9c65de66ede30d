package io.pipelab.verify;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.verify.check.Observation;
import java.time.Duration;

/** Is told how a verification goes on, from one thread at a time. */
public interface VerifyListener {
  /** A step's checks begin to look; several steps may be looked at together. */
  default void begins(StepSpec step) {}

  /**
   * A check saw something that it had not seen before.
   *
   * @param atMost how long it is waited for, in real time
   */
  default void saw(StepSpec step, CheckSpec check, Observation seen, Duration atMost) {}

  /** A step is done; steps end in the manifest's order. */
  default void ended(StepResult result) {}
}
