package io.pipelab.workflow.drive;

import io.pipelab.target.Failure;
import io.pipelab.verify.load.Births;
import io.pipelab.verify.load.BucketStore;
import io.pipelab.verify.load.KeptLoads;
import io.pipelab.verify.load.KeptSent;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.verify.load.Loads;
import io.pipelab.verify.load.RecordStore;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.SentLog;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.MadeByHand;
import java.util.List;
import java.util.Optional;

/**
 * Where the loads of a standing lab are kept: in the bucket that its stacks give out; of a lab that
 * was made by hand and has none, in the user's own folder. A lab into which nothing is sent needs
 * none.
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
    return new KeptLoads(required(cloud, bindings), births(bindings));
  }

  /** The same for what is sent otherwise than to a queue. */
  public static SentLog sent(Cloud cloud, Bindings bindings) {
    return new KeptSent(required(cloud, bindings), births(bindings));
  }

  /** The loads so far. */
  public static List<LoadRecord> all(Cloud cloud, Bindings bindings) {
    return store(cloud, bindings)
        .map(store -> new KeptLoads(store, births(bindings)).all())
        .orElse(List.of());
  }

  /** What was sent so far otherwise than to a queue. */
  public static List<Sent> allSent(Cloud cloud, Bindings bindings) {
    return store(cloud, bindings)
        .map(store -> new KeptSent(store, births(bindings)).all())
        .orElse(List.of());
  }

  private static Optional<RecordStore> store(Cloud cloud, Bindings bindings) {
    Optional<RecordStore> bucket =
        bindings
            .references()
            .find("outputs." + BUCKET)
            .map(name -> new BucketStore(cloud.clients().s3(), name));
    return bucket.or(() -> bindings.madeByHand().map(MadeByHand::records));
  }

  private static Births births(Bindings bindings) {
    return bindings.madeByHand().map(MadeByHand::births).orElse(Births.UNKNOWN);
  }

  private static RecordStore required(Cloud cloud, Bindings bindings) {
    return store(cloud, bindings)
        .orElseThrow(
            () ->
                Failure.usage(
                    "the lab has no bucket in which pipelab keeps what was sent",
                    "its stacks have no output "
                        + BUCKET
                        + ", and 'verify' could not tell what must have come of it"));
  }
}
