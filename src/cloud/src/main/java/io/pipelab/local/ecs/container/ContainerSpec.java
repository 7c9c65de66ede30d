package io.pipelab.local.ecs.container;

import io.pipelab.local.container.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a task definition, its overrides and the agent say about one container.
 *
 * @param entryPoint instead of the image's, or empty
 * @param command instead of the image's, or empty
 * @param environment over the image's
 * @param workingDirectory instead of the image's, or empty
 * @param memoryMiB what the program may think the machine has
 * @param cpu what it weighs against other processes, in CPU units
 * @param processors what the program may think the machine has
 */
public record ContainerSpec(
    List<String> entryPoint,
    List<String> command,
    Map<String, String> environment,
    String workingDirectory,
    int memoryMiB,
    int cpu,
    int processors) {

  /**
   * The words that start the container, as Docker joins them: an entry point of the task definition
   * makes the image's command void.
   */
  List<String> words(ImageConfig image) {
    List<String> words = new ArrayList<>(entryPoint.isEmpty() ? image.entryPoint() : entryPoint);
    if (!command.isEmpty()) {
      words.addAll(command);
    } else if (entryPoint.isEmpty()) {
      words.addAll(image.command());
    }
    return words;
  }
}
