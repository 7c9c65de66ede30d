package io.pipelab.workflow;

import io.pipelab.verify.load.BucketLoads;
import io.pipelab.verify.load.BucketSent;
import io.pipelab.verify.load.Loads;
import io.pipelab.verify.load.SentLog;

/** Where the loads of a standing lab are kept. */
final class LabLoads {
  private LabLoads() {}

  static Loads of(Cloud cloud, Bindings bindings) {
    return new BucketLoads(
        cloud.clients().s3(), bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT));
  }

  static SentLog sent(Cloud cloud, Bindings bindings) {
    return new BucketSent(
        cloud.clients().s3(), bindings.references().resolve(UploadArtifact.BUCKET_OUTPUT));
  }
}
