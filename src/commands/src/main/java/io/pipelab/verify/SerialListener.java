package io.pipelab.verify;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.verify.check.Observation;
import java.time.Duration;

/** Lets one thread at a time speak to a listener. */
final class SerialListener implements VerifyListener {
  private final VerifyListener listener;

  SerialListener(VerifyListener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void begins(StepSpec step) {
    listener.begins(step);
  }

  @Override
  public synchronized void saw(StepSpec step, CheckSpec check, Observation seen, Duration atMost) {
    listener.saw(step, check, seen, atMost);
  }

  @Override
  public synchronized void ended(StepResult result) {
    listener.ended(result);
  }
}
