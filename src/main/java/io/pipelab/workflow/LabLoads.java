package io.pipelab.workflow;

import io.pipelab.verify.load.BucketLoads;
import io.pipelab.verify.load.Loads;

/** Where the loads of a standing lab are kept. */
final class LabLoads {
  private LabLoads() {}

  static Loads of(Cloud cloud, Bindings bindings) {
    return new BucketLoads(
        cloud.clients().s3(), bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT));
  }
}
