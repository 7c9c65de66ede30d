package io.pipelab.workflow.drive;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.DriveSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.SettingNames;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A kind of action in a manifest's {@code drive} list: its name, the settings that it takes, and
 * the step that it becomes.
 *
 * @param names the settings' names
 * @param reader makes settings of what the manifest says and the folder of the lab's samples
 * @param maker makes the step
 * @param <S> its settings
 */
public record DriveAction<S>(
    String name,
    SettingNames names,
    BiFunction<Settings, Path, S> reader,
    BiFunction<S, Driven, DriveStep<?>> maker) {

  /** The step that an entry of the list asks for. */
  DriveStep<?> step(DriveSpec spec, Driven on) {
    Lab lab = on.instance().lab();
    return maker.apply(read(lab, spec, on.artifacts().samplesOf(lab)), on);
  }

  /**
   * The settings of a lab's first entry for this action.
   *
   * @param lacks what the lab has not, when it has no such entry: {@code no topic to publish to}
   * @throws Failure of kind USAGE when the lab is not driven this way
   * @throws ManifestError when the entry is wrong
   */
  public S of(Lab lab, String lacks, Path samples) {
    return read(lab, first(lab, lacks), samples);
  }

  /** What a lab's first entry for this action says, before it is read: see {@link #of}. */
  public Settings settings(Lab lab, String lacks) {
    return Settings.of(lab.manifest(), first(lab, lacks));
  }

  private DriveSpec first(Lab lab, String lacks) {
    DriveSpec spec =
        lab.drive().stream()
            .filter(drive -> drive.action().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    Failure.usage(
                        "lab " + lab.id() + " has " + lacks,
                        "its manifest " + lab.manifest() + " has no drive action " + name));
    List<Mistake> mistakes = wrongNames(lab, spec);
    if (!mistakes.isEmpty()) {
      throw new ManifestError(mistakes);
    }
    return spec;
  }

  private S read(Lab lab, DriveSpec spec, Path samples) {
    Settings with = Settings.of(lab.manifest(), spec);
    try {
      return reader.apply(with, samples);
    } catch (Failure e) {
      // What a user may not ask for on the command line, a manifest may not either.
      throw with.wrong(e.what());
    }
  }

  /** Every mistake in an entry for this action. */
  List<Mistake> mistakesIn(Lab lab, DriveSpec spec, Path samples) {
    List<Mistake> mistakes = new ArrayList<>(wrongNames(lab, spec));
    if (mistakes.isEmpty()) {
      try {
        read(lab, spec, samples);
      } catch (ManifestError e) {
        mistakes.addAll(e.mistakes());
      }
    }
    return mistakes;
  }

  private List<Mistake> wrongNames(Lab lab, DriveSpec spec) {
    return names.mistakesIn(
        lab.manifest(),
        "drive." + name,
        "drive action " + name,
        spec.with().keySet(),
        spec::lineOf);
  }
}
