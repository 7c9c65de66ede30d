package io.pipelab.local.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts the processes in which functions and tasks run, so that none outlives the cloud, even one
 * that is killed.
 */
public interface ChildProcesses {
  /** The weight of a whole processor, in ECS's units: that of any other process. */
  int PROCESSOR = 1024;

  /**
   * Starts a child. Its standard input belongs to the guard that ends it with the cloud; its output
   * and error streams are the caller's to read.
   *
   * @param command program and arguments; secrets belong in the environment, never here
   * @param environment the whole environment; nothing is inherited
   * @param cpu what it weighs when processors are scarce, in ECS's CPU units
   */
  Process start(List<String> command, Map<String, String> environment, Path directory, int cpu)
      throws IOException;

  /** Starts a child that weighs as much as any other process. */
  default Process start(List<String> command, Map<String, String> environment, Path directory)
      throws IOException {
    return start(command, environment, directory, PROCESSOR);
  }
}
