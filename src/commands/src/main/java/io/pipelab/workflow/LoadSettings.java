package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.UnknownName;
import io.pipelab.target.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  /** The drive action's name. */
  public static final String ACTION = "load-queue";

  private static final List<String> SETTINGS = List.of("queue", "count", "poison", "rate");

  /** A load that can be sent. */
  public LoadSettings {
    if (count < 1) {
      throw Failure.usage("count " + count + " is no positive number", "send at least 1 message");
    }
    if (poison < 0 || poison > count) {
      throw Failure.usage(
          "poison " + poison + " is not between 0 and the count " + count,
          "poison messages are some of the --count");
    }
    if (!(perSecond > 0)) {
      throw Failure.usage("rate " + perSecond + " is no positive number", "use 50 or 50/s");
    }
  }

  /**
   * The load that the lab's manifest drives it with.
   *
   * @throws Failure of kind USAGE when the lab has no queue to load
   */
  public static LoadSettings of(Lab lab) {
    return lab.drive().stream()
        .filter(drive -> drive.action().equals(ACTION))
        .findFirst()
        .map(LoadSettings::of)
        .orElseThrow(
            () ->
                Failure.usage(
                    "lab " + lab.id() + " has no queue to load",
                    "its manifest " + lab.manifest() + " has no drive action " + ACTION));
  }

  static LoadSettings of(Lab.DriveSpec drive) {
    Map<String, String> with = drive.with();
    for (String name : with.keySet()) {
      if (!SETTINGS.contains(name)) {
        throw new UnknownName("setting of " + ACTION, name, SETTINGS);
      }
    }
    return new LoadSettings(
        with.getOrDefault("queue", "${outputs.QueueUrl}"),
        number(with.getOrDefault("count", "500")),
        number(with.getOrDefault("poison", "0")),
        with.containsKey("rate") ? number(with.get("rate")) : Double.POSITIVE_INFINITY,
        null);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Failure.usage("'" + text + "' is no number", null);
    }
  }
}
