package io.pipelab.verify.check;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.SettingNames;
import io.pipelab.lab.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of check: its name in a manifest, the settings that it takes, and how it is made.
 *
 * @param within how long it is waited for, in the target's time
 * @param settings the settings that it takes
 */
public record CheckType(
    String name, Duration within, SettingNames settings, Function<Settings, Check> maker) {
  /** What does not move: it only has to be found. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** Begins a type of that name. */
  public static Draft named(String name) {
    return new Draft(name, AT_ONCE, SettingNames.NONE);
  }

  /** Makes a check of this type. */
  public Check make(Settings with) {
    return maker.apply(with);
  }

  /**
   * What is wrong with the names of a check's settings in a manifest.
   *
   * @param step the id of the check's step
   */
  public List<Mistake> mistakesIn(Path manifest, String step, CheckSpec check) {
    return settings.mistakesIn(
        manifest,
        step + "." + check.id(),
        "check type " + name,
        check.with().keySet(),
        check::lineOf);
  }

  /** A type that is being described. */
  public record Draft(String name, Duration within, SettingNames settings) {
    public Draft needs(String... names) {
      return new Draft(name, within, settings.needs(names));
    }

    public Draft takes(String... names) {
      return new Draft(name, within, settings.takes(names));
    }

    public Draft within(Duration targetTime) {
      return new Draft(name, targetTime, settings);
    }

    public CheckType madeBy(Function<Settings, Check> maker) {
      return new CheckType(name, within, settings, maker);
    }
  }
}
