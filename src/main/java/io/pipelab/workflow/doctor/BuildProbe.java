package io.pipelab.workflow.doctor;

import io.pipelab.lab.Lab;
import io.pipelab.target.CloudState;
import io.pipelab.target.Failure;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.workflow.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars that a lab takes to its target, and whether the embedded cloud runs from that build. */
final class BuildProbe implements Probe {
  private final Lab lab;
  private final Artifacts artifacts;
  private final LocalCloudProcess cloud;

  BuildProbe(Lab lab, Artifacts artifacts, LocalCloudProcess cloud) {
    this.lab = lab;
    this.artifacts = artifacts;
    this.cloud = cloud;
  }

  @Override
  public List<Finding> look() {
    List<String> names =
        Stream.concat(
                lab.artifacts().stream().map(Lab.ArtifactSpec::jar),
                lab.images().stream().map(Lab.ImageSpec::jar))
            .distinct()
            .toList();
    CloudState running = cloud.look().running();
    try {
      for (String name : names) {
        Path jar = artifacts.jar(name);
        if (running != null
            && Files.getLastModifiedTime(jar).toInstant().isAfter(running.startedAt())) {
          return List.of(older());
        }
      }
    } catch (Failure e) {
      return List.of(Finding.stops("build", e));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the jars in " + artifacts.built(), e);
    }
    return List.of(Finding.ok("build", String.join(", ", names) + " are built"));
  }

  /** A JVM whose jars were replaced finds no more classes in them. */
  private static Finding older() {
    return Finding.note(
        "build",
        "pipelab was built again after the embedded cloud had started, which may fail by it",
        "'pipelab local reset' starts an empty one of the present build");
  }
}
