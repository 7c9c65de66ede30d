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
  /**
   * Starts a child. Its standard input belongs to the guard that ends it with the cloud; its output
   * and error streams are the caller's to read.
   *
   * @param command program and arguments; secrets belong in the environment, never here
   * @param environment the whole environment; nothing is inherited
   */
  Process start(List<String> command, Map<String, String> environment, Path directory)
      throws IOException;
}
