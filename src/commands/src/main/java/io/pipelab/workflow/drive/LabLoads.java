package io.pipelab.workflow.drive;

import io.pipelab.target.Failure;
import io.pipelab.verify.load.BucketLoads;
import io.pipelab.verify.load.BucketSent;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.verify.load.Loads;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.SentLog;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import java.util.List;
import java.util.Optional;

/**
 * Where the loads of a standing lab are kept: in the bucket that its stacks give out. A lab into
 * which nothing is sent needs none.
 */
public final class LabLoads {
  private static final String BUCKET = "ArtifactBucketName";

  private LabLoads() {}

  /**
   * The loads, to add one more: to be asked for before the first message is sent.
   *
   * @throws Failure of kind USAGE when the lab has no bucket to keep it in
   */
  public static Loads of(Cloud cloud, Bindings bindings) {
    return new BucketLoads(cloud.clients().s3(), required(bindings));
  }

  /** The same for what is sent otherwise than to a queue. */
  public static SentLog sent(Cloud cloud, Bindings bindings) {
    return new BucketSent(cloud.clients().s3(), required(bindings));
  }

  /** The loads so far. */
  public static List<LoadRecord> all(Cloud cloud, Bindings bindings) {
    return bucket(bindings)
        .map(bucket -> new BucketLoads(cloud.clients().s3(), bucket).all())
        .orElse(List.of());
  }

  /** What was sent so far otherwise than to a queue. */
  public static List<Sent> allSent(Cloud cloud, Bindings bindings) {
    return bucket(bindings)
        .map(bucket -> new BucketSent(cloud.clients().s3(), bucket).all())
        .orElse(List.of());
  }

  private static Optional<String> bucket(Bindings bindings) {
    return bindings.references().find("outputs." + BUCKET);
  }

  private static String required(Bindings bindings) {
    return bucket(bindings)
        .orElseThrow(
            () ->
                Failure.usage(
                    "the lab has no bucket in which pipelab keeps what was sent",
                    "its stacks have no output " + BUCKET + ", and 'verify' could not tell what"
                        + " must have come of it"));
  }
}
