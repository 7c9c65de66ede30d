package io.pipelab.workflow.drive;

import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which code goes into which function.
 *
 * @param function the function's name, with or without the instance's prefix, or a reference to it
 * @param jar the code; null for what pipelab's build made for the lab
 * @param stamped whether the code gets a note of the deployment, so that it differs from any other
 */
public record DeploySettings(String function, @Nullable Path jar, boolean stamped) {
  /** Code that is there. */
  public DeploySettings {
    if (jar != null && !Files.isRegularFile(jar)) {
      throw Failure.usage("there is no file " + jar, "--jar takes a jar or zip file");
    }
  }

  static DeploySettings of(Settings with) {
    return new DeploySettings(with.text("function"), null, true);
  }
}
