package io.pipelab.verify.check;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of check: its name in a manifest, the settings that it takes, and how it is made.
 *
 * @param within how long it is waited for, in the target's time
 * @param settings whether each setting is required, by name
 */
public record CheckType(
    String name, Duration within, Map<String, Boolean> settings, Function<Settings, Check> maker) {
  /** What does not move: it only has to be found. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** Begins a type of that name. */
  static Draft named(String name) {
    return new Draft(name, AT_ONCE, Map.of());
  }

  /** Makes a check of this type. */
  public Check make(Settings with) {
    return maker.apply(with);
  }

  /** What is wrong with a check's settings in a manifest. */
  public List<Mistake> mistakesIn(Path manifest, CheckSpec check) {
    List<Mistake> mistakes = new ArrayList<>();
    for (String given : check.with().keySet()) {
      if (!settings.containsKey(given)) {
        Place place = new Place(manifest, check.lineOf(given), 0);
        String hint = NearestName.hint(given, settings.keySet());
        mistakes.add(new Mistake(place, given, "a " + name + " has no such setting" + hint));
      }
    }
    settings.forEach(
        (setting, required) -> {
          if (required && !check.with().containsKey(setting)) {
            Place place = new Place(manifest, check.line(), 0);
            mistakes.add(new Mistake(place, setting, "a " + name + " needs this setting"));
          }
        });
    return mistakes;
  }

  /** A type that is being described. */
  record Draft(String name, Duration within, Map<String, Boolean> settings) {
    Draft needs(String... names) {
      return plus(true, names);
    }

    Draft takes(String... names) {
      return plus(false, names);
    }

    Draft within(Duration targetTime) {
      return new Draft(name, targetTime, settings);
    }

    CheckType madeBy(Function<Settings, Check> maker) {
      return new CheckType(name, within, settings, maker);
    }

    private Draft plus(boolean required, String... names) {
      Map<String, Boolean> all = new LinkedHashMap<>(settings);
      for (String setting : names) {
        all.put(setting, required);
      }
      return new Draft(name, within, all);
    }
  }
}
