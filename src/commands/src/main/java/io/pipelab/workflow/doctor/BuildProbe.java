package io.pipelab.workflow.doctor;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.workflow.step.Artifacts;
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
    try {
      names.forEach(artifacts::jar);
    } catch (Failure e) {
      return List.of(Finding.stops("build", e));
    }
    if (cloud.isOutdated()) {
      return List.of(
          Finding.note(
              "build",
              "the embedded cloud is of an earlier build of pipelab",
              "'pipelab local reset' starts an empty one of this build"));
    }
    return List.of(Finding.ok("build", String.join(", ", names) + " are built"));
  }
}
