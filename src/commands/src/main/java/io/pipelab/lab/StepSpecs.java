package io.pipelab.lab;

import io.pipelab.lab.Lab.Advice;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.Hint;
import io.pipelab.lab.Lab.StepSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a manifest's steps and their checks. */
final class StepSpecs {
  /** On a step or a check {@code true}; on a check also a list of its settings. */
  private static final String ADVICE = "adviceByName";

  private static final Set<String> STEP =
      Set.of("id", "title", "phase", "hop", "needsLoad", "needs", "optional", "checks", ADVICE);
  private static final Set<String> CHECK =
      Set.of("id", "type", "phase", "with", "hint", "command", ADVICE);

  private final Source source;
  private final KnownReferences known;
  private final PhaseSpecs phases;

  StepSpecs(Source source, KnownReferences known, PhaseSpecs phases) {
    this.source = source;
    this.known = known;
    this.phases = phases;
  }

  List<StepSpec> read(ManifestMap root) {
    List<StepSpec> steps = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    Map<String, String> phaseOf = new HashMap<>();
    for (ManifestMap map : root.maps("steps", STEP)) {
      List<String> needs = map.texts("needs");
      String phase = phases.ofStep(map);
      for (String need : needs) {
        if (!ids.contains(need)) {
          map.report("needs", "no earlier step \"" + need + "\"" + NearestName.hint(need, ids));
        } else {
          phases.order(map, phase, need, phaseOf.getOrDefault(need, ""));
        }
      }
      phaseOf.put(map.textOr("id", ""), phase);
      steps.add(
          new StepSpec(
              LabManifest.id(map, ids),
              map.text("title"),
              map.text("hop"),
              map.flag("needsLoad"),
              needs,
              optional(map),
              phase,
              checks(map, phase)));
    }
    if (steps.isEmpty()) {
      root.reportEmpty("steps", "must list at least one step");
    }
    return steps;
  }

  private @Nullable String optional(ManifestMap step) {
    String parameter = step.textOrNull("optional");
    if (parameter != null && !known.has("param." + parameter)) {
      step.report("optional", "no parameter \"" + parameter + "\"");
    }
    return parameter;
  }

  private List<CheckSpec> checks(ManifestMap step, String stepPhase) {
    List<CheckSpec> checks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ManifestMap map : step.maps("checks", CHECK)) {
      String phase = phases.ofCheck(map, stepPhase);
      KnownReferences then = known.upTo(phase);
      then.check(source, map, "with");
      then.check(source, map, "hint");
      then.check(source, map, "command");
      String type = map.text("type");
      String id = map.keys().contains("id") ? LabManifest.id(map, ids) : type;
      if (!map.keys().contains("id") && !type.isEmpty() && !ids.add(type)) {
        map.report("type", "two checks of type \"" + type + "\" in a step need an id each");
      }
      Hint hint = hint(map);
      Map<String, Object> with = with(map);
      Advice advice = step.flag(ADVICE) ? Advice.WHOLE : advice(map, with);
      checks.add(
          new CheckSpec(
              id, type, with, hint, advice, phase, map.line("type"), map.linesIn("with")));
    }
    if (checks.isEmpty()) {
      step.reportEmpty("checks", "must list at least one check");
    }
    return checks;
  }

  private static Advice advice(ManifestMap check, Map<String, Object> with) {
    if (!check.keys().contains(ADVICE)) {
      return Advice.NONE;
    }
    if (!check.isList(ADVICE)) {
      return check.flag(ADVICE) ? Advice.WHOLE : Advice.NONE;
    }
    List<String> settings = check.texts(ADVICE);
    for (String setting : settings) {
      if (!WithoutSettings.has(with, setting)) {
        check.report(ADVICE, "the check has no setting \"" + setting + "\"");
      }
    }
    return new Advice(false, settings);
  }

  /** A hint that was pasted into a shell took a lab down: prose holds no command substitution. */
  private static Hint hint(ManifestMap check) {
    String sentence = check.text("hint");
    if (sentence.contains("`") || sentence.contains("$(")) {
      check.report("hint", "is a sentence: write what is to be run as \"command\"");
    }
    String command = check.textOrNull("command");
    if (command == null) {
      return new Hint(sentence, null);
    }
    try {
      return new Hint(sentence, ShellCommand.parse(command));
    } catch (IllegalArgumentException e) {
      check.report("command", String.valueOf(e.getMessage()));
      return new Hint(sentence, null);
    }
  }

  private Map<String, Object> with(ManifestMap check) {
    Map<String, Object> settings = new LinkedHashMap<>();
    ManifestMap with = check.mapOrNull("with", null);
    if (with != null) {
      PlainValues values = new PlainValues(source);
      with.keys().forEach(key -> settings.put(key, values.of(with.nodeOf(key), with.at(key))));
    }
    return settings;
  }
}
