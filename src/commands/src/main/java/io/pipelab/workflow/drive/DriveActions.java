package io.pipelab.workflow.drive;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.DriveSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of what a manifest's {@code drive} list can do: one row each. */
public final class DriveActions {
  private static final List<DriveAction<?>> ALL =
      List.of(
          LoadQueue.ACTION,
          UploadToLab.ACTION,
          PublishToLab.ACTION,
          CallLab.ACTION,
          DeployFunction.ACTION,
          SwitchMappingOff.ACTION,
          RefusedUpdate.ACTION);

  private static final Map<String, DriveAction<?>> BY_NAME = new TreeMap<>();

  static {
    ALL.forEach(action -> BY_NAME.put(action.name(), action));
  }

  private DriveActions() {}

  /**
   * The steps of a lab's whole list, or of a part of it.
   *
   * @param drive entries of the lab's
   * @throws ManifestError when it names an action that does not exist, or wrong settings
   */
  public static List<DriveStep<?>> of(Driven on, List<DriveSpec> drive) {
    Lab lab = on.instance().lab();
    List<Mistake> mistakes = mistakesIn(lab, on.artifacts().samplesOf(lab));
    if (!mistakes.isEmpty()) {
      throw new ManifestError(mistakes);
    }
    List<DriveStep<?>> steps = new ArrayList<>();
    for (DriveSpec spec : drive) {
      DriveAction<?> action = BY_NAME.get(spec.action());
      if (action != null) {
        steps.add(action.step(spec, on));
      }
    }
    return steps;
  }

  /** Every unknown action, and every mistake in the settings of the others. */
  public static List<Mistake> mistakesIn(Lab lab, Path samples) {
    List<Mistake> mistakes = new ArrayList<>();
    for (DriveSpec spec : lab.drive()) {
      DriveAction<?> action = BY_NAME.get(spec.action());
      if (action != null) {
        mistakes.addAll(action.mistakesIn(lab, spec, samples));
      } else if (!spec.action().isEmpty()) {
        mistakes.add(
            new Mistake(
                new Place(lab.manifest(), spec.line(), 0),
                "drive.action",
                "unknown drive action \"%s\"%s"
                    .formatted(spec.action(), NearestName.hint(spec.action(), BY_NAME.keySet()))));
      }
    }
    return mistakes;
  }
}
