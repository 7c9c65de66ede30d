package io.pipelab.local.lambda.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a process of a function is started with.
 *
 * @param variables beside those that every function has
 * @param folder where it is started
 * @param recording the classes that it loads
 */
record Launch(
    List<String> command,
    Map<String, String> variables,
    Path folder,
    ClassArchives.Recording recording) {}
