package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.UnknownName;
import io.pipelab.target.Failure;
import java.util.List;

/** What a manifest's drive list says about one action. */
final class DriveSettings {
  private DriveSettings() {}

  /**
   * The first entry of an action.
   *
   * @param lacks what the lab has not, when it has no such entry: {@code no topic to publish to}
   * @throws Failure of kind USAGE when the lab is not driven this way
   */
  static Lab.DriveSpec of(Lab lab, String action, String lacks) {
    return lab.drive().stream()
        .filter(drive -> drive.action().equals(action))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "lab " + lab.id() + " has " + lacks,
                    "its manifest " + lab.manifest() + " has no drive action " + action));
  }

  /** Holds an entry's settings against those that there are. */
  static void requireKnown(Lab.DriveSpec drive, List<String> settings) {
    for (String name : drive.with().keySet()) {
      if (!settings.contains(name)) {
        throw new UnknownName("setting of " + drive.action(), name, settings);
      }
    }
  }

  /** A setting that must be there. */
  static String required(Lab.DriveSpec drive, String name) {
    String value = drive.with().get(name);
    if (value == null) {
      throw Failure.usage("drive action " + drive.action() + " needs the setting " + name, null);
    }
    return value;
  }
}
