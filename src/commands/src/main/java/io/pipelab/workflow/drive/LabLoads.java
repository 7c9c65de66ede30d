package io.pipelab.workflow.drive;

import io.pipelab.verify.load.BucketLoads;
import io.pipelab.verify.load.BucketSent;
import io.pipelab.verify.load.Loads;
import io.pipelab.verify.load.SentLog;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.up.UploadArtifact;

/** Where the loads of a standing lab are kept. */
public final class LabLoads {
  private LabLoads() {}

  public static Loads of(Cloud cloud, Bindings bindings) {
    return new BucketLoads(
        cloud.clients().s3(), bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT));
  }

  public static SentLog sent(Cloud cloud, Bindings bindings) {
    return new BucketSent(
        cloud.clients().s3(), bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT));
  }
}
