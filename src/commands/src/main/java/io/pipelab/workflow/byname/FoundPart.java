package io.pipelab.workflow.byname;

import io.pipelab.lab.Lab.PartSpec;

/** A part of a lab, and what in the manifest asked for it. */
public record FoundPart(PartSpec spec, Part part) {
  /** {@code queue: demo-decoupling-saa}. */
  public String words() {
    return spec.kind() + ": " + part.name();
  }
}
