package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What pipelab's own build made for the labs, and what comes with it.
 *
 * @param built the folder of the jars that the build makes
 * @param samples the folder that holds one folder of samples a lab
 * @param imageCache a folder for image layers
 */
public record Artifacts(Path built, Path samples, Path imageCache) {
  /**
   * A jar of the build.
   *
   * @throws Failure of kind USAGE when the build did not make it
   */
  public Path jar(String name) {
    Path jar = built.resolve(name);
    if (!Files.isRegularFile(jar)) {
      throw Failure.usage("the jar " + jar + " is missing", "build it: mvn package");
    }
    return jar;
  }

  /** The folder of a lab's samples; it need not exist. */
  Path samplesOf(Lab lab) {
    return samples.resolve(lab.id());
  }
}
