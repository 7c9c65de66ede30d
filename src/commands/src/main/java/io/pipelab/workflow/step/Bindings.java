package io.pipelab.workflow.step;

import io.pipelab.lab.References;
import java.util.function.UnaryOperator;

/** What the steps so far have learnt for the steps to come: outputs, images, artifacts. */
public final class Bindings {
  private References references;

  public Bindings(References references) {
    this.references = references;
  }

  public synchronized References references() {
    return references;
  }

  public synchronized void add(UnaryOperator<References> more) {
    references = more.apply(references);
  }
}
