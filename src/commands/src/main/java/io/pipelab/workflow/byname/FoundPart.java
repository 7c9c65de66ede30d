package io.pipelab.workflow.byname;

import io.pipelab.lab.Lab.PartSpec;
import io.pipelab.workflow.step.Progress;

/** A part of a lab, and what in the manifest asked for it. */
public record FoundPart(PartSpec spec, Part part) {
  /** What is told of it. */
  Progress.Took told() {
    return new Progress.Took(spec.kind(), part.name());
  }
}
