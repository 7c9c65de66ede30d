package io.pipelab.local.lambda.execution;

/** What a function runs, and how. */
public sealed interface Program {
  /** The code, whose files are there as long as it is in use. */
  StoredCode code();

  /**
   * A handler in a zip archive, called by the cloud's own runtime.
   *
   * @param runtime for example {@code java17}
   */
  record Handler(String runtime, String handler, LayeredCode code) implements Program {}

  /** The program of a container image, which speaks the Runtime API itself. */
  record Container(FunctionImage code, ImageOverrides overrides) implements Program {}
}
