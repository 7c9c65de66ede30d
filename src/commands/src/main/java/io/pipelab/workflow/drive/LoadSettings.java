package io.pipelab.workflow.drive;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a lab's queue is loaded.
 *
 * @param queue reference to the queue's URL
 * @param count how many messages, from 1
 * @param poison how many of them cannot be processed, on purpose
 * @param perSecond messages a second at most; infinite for no limit
 * @param bodyFile a file whose lines are the bodies; null for distinct numbers
 */
public record LoadSettings(
    String queue, long count, long poison, double perSecond, @Nullable Path bodyFile) {
  /** A load that can be sent. */
  public LoadSettings {
    if (count < 1) {
      throw Failure.usage(
          "count " + count + " is not a positive number", "send at least 1 message");
    }
    if (poison < 0 || poison > count) {
      throw Failure.usage(
          "poison " + poison + " is not between 0 and the count " + count,
          "poison messages are some of the --count");
    }
    if (!(perSecond > 0)) {
      throw Failure.usage("rate " + perSecond + " is not a positive number", "use 50 or 50/s");
    }
  }

  /**
   * The load that the lab's manifest drives it with.
   *
   * @throws Failure of kind USAGE when the lab has no queue to load
   */
  public static LoadSettings of(Lab lab) {
    return LoadQueue.ACTION.of(lab, "no queue to load", lab.folder());
  }

  static LoadSettings of(Settings with) {
    return new LoadSettings(
        with.textOr("queue", "${outputs.QueueUrl}"),
        with.numberIfAny("count").orElse(500),
        with.numberIfAny("poison").orElse(0),
        with.has("rate") ? with.number("rate") : Double.POSITIVE_INFINITY,
        null);
  }
}
