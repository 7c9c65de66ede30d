package io.pipelab.local.lambda.execution;

import java.util.List;

/**
 * What a function's ImageConfig says instead of the image; each stands for itself ("Override the
 * container image settings").
 *
 * @param entryPoint empty for the image's
 * @param command empty for the image's
 * @param workingDirectory empty for the image's
 */
public record ImageOverrides(
    List<String> entryPoint, List<String> command, String workingDirectory) {
  /** All is the image's. */
  public static final ImageOverrides NONE = new ImageOverrides(List.of(), List.of(), "");

  public ImageOverrides {
    entryPoint = List.copyOf(entryPoint);
    command = List.copyOf(command);
  }
}
