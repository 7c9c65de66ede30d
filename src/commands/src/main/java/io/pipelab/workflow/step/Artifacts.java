package io.pipelab.workflow.step;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What pipelab's own build made for the labs, and what comes with it.
 *
 * @param functions the folder of the modules that are built into jars: {@code images} makes {@code
 *     images/target/pipelab-images.jar}
 * @param samples the folder that holds one folder of samples a lab
 * @param imageCache a folder for image layers, in the cache that the embedded cloud uses, too
 * @param records a folder for the accounting of labs that were made by hand
 */
public record Artifacts(Path functions, Path samples, Path imageCache, Path records) {
  private static final String PREFIX = "pipelab-";
  private static final String SUFFIX = ".jar";

  /**
   * A jar of the build.
   *
   * @throws Failure of kind USAGE when the build did not make it
   */
  public Path jar(String name) {
    String module = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
    Path jar = functions.resolve(module).resolve("target").resolve(name);
    if (!Files.isRegularFile(jar)) {
      throw Failure.usage("the jar " + jar + " is missing", "build it: mvn package");
    }
    return jar;
  }

  /** Where what was fetched is kept: image layers, the database server. */
  public Path cache() {
    return imageCache.resolveSibling("");
  }

  /** The folder of a lab's samples, which may be missing. */
  public Path samplesOf(Lab lab) {
    return samples.resolve(lab.id());
  }
}
