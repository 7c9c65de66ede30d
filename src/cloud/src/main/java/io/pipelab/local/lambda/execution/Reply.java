package io.pipelab.local.lambda.execution;

/** How a function's process reacts: to its start, or to an event. */
sealed interface Reply {
  /** It is initialized and asks for events. */
  record Ready() implements Reply {}

  /** The handler's answer, JSON. */
  record Answer(byte[] payload) implements Reply {}

  /** The handler threw. */
  record Failed(byte[] payload) implements Reply {}

  /** The handler could not be loaded. */
  record InitFailed(byte[] payload, String errorType) implements Reply {}

  /** The handler's answer is longer than Lambda allows. */
  record TooLarge() implements Reply {}

  /** The process ended. */
  record Exited(int code) implements Reply {}

  /** The time was over. */
  record TimedOut() implements Reply {}
}
