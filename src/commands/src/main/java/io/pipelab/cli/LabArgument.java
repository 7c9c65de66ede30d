package io.pipelab.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The lab that a command is about. */
final class LabArgument {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "LAB",
      description = "the lab; without it the one that is up, else decoupling")
  @Nullable String id;
}
