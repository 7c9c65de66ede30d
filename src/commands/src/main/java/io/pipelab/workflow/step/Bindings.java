package io.pipelab.workflow.step;

import io.pipelab.lab.References;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the steps so far have learnt for the steps to come: outputs, images, artifacts. */
public final class Bindings {
  private References references;
  private Optional<MadeByHand> madeByHand = Optional.empty();

  public Bindings(References references) {
    this.references = references;
  }

  public synchronized References references() {
    return references;
  }

  /** What was learnt of a lab whose parts were found by name; empty of a lab of stacks. */
  public synchronized Optional<MadeByHand> madeByHand() {
    return madeByHand;
  }

  public synchronized void learn(MadeByHand lab) {
    madeByHand = Optional.of(lab);
  }

  public synchronized void add(UnaryOperator<References> more) {
    references = more.apply(references);
  }
}
