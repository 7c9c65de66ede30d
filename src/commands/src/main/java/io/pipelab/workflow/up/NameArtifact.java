package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;

/** Says where one of the lab's jars would be uploaded, and uploads nothing. */
public final class NameArtifact implements Step {
  private final Lab.ArtifactSpec artifact;
  private final Artifacts artifacts;
  private final Bindings bindings;

  public NameArtifact(Lab.ArtifactSpec artifact, Artifacts artifacts, Bindings bindings) {
    this.artifact = artifact;
    this.artifacts = artifacts;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Look at " + artifact.id();
  }

  @Override
  public void run(Progress progress) {
    String bucket = bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT);
    String key = UploadArtifact.key(artifacts.jar(artifact.jar()));
    bindings.add(references -> references.withArtifact(artifact.id(), bucket, key));
  }
}
