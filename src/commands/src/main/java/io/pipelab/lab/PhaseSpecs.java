package io.pipelab.lab;

import io.pipelab.lab.Lab.DriveSpec;
import io.pipelab.lab.Lab.StackSpec;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a manifest's phases and holds them against the templates that are built in phases. */
final class PhaseSpecs {
  private static final Set<String> KEYS = Set.of("id", "title", "goals", "resources", "drive");

  private final Source source;
  private final KnownReferences known;
  private final ManifestMap root;
  private final List<ManifestMap> maps;
  private final List<String> ids = new ArrayList<>();

  PhaseSpecs(Source source, KnownReferences known, ManifestMap root) {
    this.source = source;
    this.known = known;
    this.root = root;
    this.maps = root.maps("phases", KEYS);
    Set<String> taken = new HashSet<>();
    maps.forEach(map -> ids.add(LabManifest.id(map, taken)));
    if (maps.isEmpty() && root.keys().contains("phases")) {
      root.report("phases", "must list at least one phase");
    }
    if (!maps.isEmpty()) {
      known.add("", Set.of("phase"));
    }
  }

  /** Reads them, when the stacks are known. */
  Phases read(List<StackSpec> stacks) {
    if (maps.isEmpty()) {
      return Phases.NONE;
    }
    Map<String, String> resources = new LinkedHashMap<>();
    Map<String, String> outputs = new LinkedHashMap<>();
    boolean readable = true;
    for (StackSpec stack : stacks) {
      Optional<TemplatePhases> made = inPhases(stack);
      readable = readable && stack.phaseParameter().isPresent() == made.isPresent();
      if (made.isPresent()) {
        requireParameter(stack, made.get());
        resources.putAll(made.get().resources());
        outputs.putAll(made.get().outputs());
      }
    }
    known.inPhases(ids, outputs);
    if (stacks.stream().allMatch(stack -> stack.phaseParameter().isEmpty())) {
      root.report("phases", "no stack has a parameter with the value " + StackSpec.PHASE);
    }
    List<Phase> phases = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      if (readable) {
        requireResources(maps.get(i), ids.get(i), resources);
      }
      phases.add(phase(maps.get(i), ids.get(i)));
    }
    if (root.keys().contains("drive")) {
      root.report("drive", "belongs to the phases: write it below one of them");
    }
    return new Phases(phases, outputs);
  }

  private Optional<TemplatePhases> inPhases(StackSpec stack) {
    Optional<String> parameter = stack.phaseParameter();
    if (parameter.isEmpty() || !Files.isRegularFile(stack.template())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          TemplatePhases.of(new Source(stack.template()).document(), parameter.get(), ids));
    } catch (ManifestError e) {
      return Optional.empty(); // told when the stack was read
    }
  }

  private void requireParameter(StackSpec stack, TemplatePhases made) {
    String last = ids.get(ids.size() - 1);
    if (!made.allowed().equals(ids) || !made.otherwise().equals(Optional.of(last))) {
      root.report(
          "phases",
          "the parameter in %s must allow %s, in this order, with %s as its default"
              .formatted(stack.template().getFileName(), ids, last));
    }
  }

  /** What a phase lists is what the templates make in it, and all of that. */
  private static void requireResources(ManifestMap map, String id, Map<String, String> made) {
    List<String> listed = map.texts("resources");
    for (String resource : listed) {
      String first = made.get(resource);
      if (first == null) {
        map.report(
            "resources",
            "no template makes "
                + resource
                + " in phases"
                + NearestName.hint(resource, made.keySet()));
      } else if (!first.equals(id)) {
        map.report("resources", "the template makes " + resource + " in phase \"" + first + "\"");
      }
    }
    String missing =
        made.entrySet().stream()
            .filter(resource -> resource.getValue().equals(id))
            .map(Map.Entry::getKey)
            .filter(resource -> !listed.contains(resource))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      map.report("resources", "lacks what the template makes in this phase: " + missing);
    }
  }

  private Phase phase(ManifestMap map, String id) {
    return new Phase(
        id,
        map.text("title"),
        map.texts("goals"),
        map.texts("resources"),
        LabManifest.drive(map, source, known.upTo(id)));
  }

  /** The phase of a step; empty in a lab that is built as one. */
  String ofStep(ManifestMap step) {
    return ids.isEmpty() && !step.keys().contains("phase") ? "" : named(step);
  }

  /** The phase that first needs an image; empty when all do. */
  String ofImage(ManifestMap image) {
    return image.keys().contains("phase") ? named(image) : "";
  }

  /** The phase of a check: its step's, or a later one. */
  String ofCheck(ManifestMap check, String stepPhase) {
    if (!check.keys().contains("phase")) {
      return stepPhase;
    }
    String phase = named(check);
    if (ids.contains(phase) && ids.indexOf(phase) < ids.indexOf(stepPhase)) {
      check.report("phase", "comes before its step's phase \"" + stepPhase + "\"");
    }
    return phase;
  }

  private String named(ManifestMap map) {
    String phase = map.text("phase");
    if (ids.isEmpty()) {
      map.report("phase", "the lab has no phases");
    } else if (!phase.isEmpty() && !ids.contains(phase)) {
      map.report("phase", "no phase \"" + phase + "\"" + NearestName.hint(phase, ids));
    }
    return phase;
  }

  /** Reports a step that needs one which comes later. */
  void order(ManifestMap step, String phase, String need, String needed) {
    if (ids.indexOf(needed) > ids.indexOf(phase)) {
      step.report("needs", "step \"" + need + "\" belongs to the later phase \"" + needed + "\"");
    }
  }

  /** The phases, for what else belongs to them. */
  List<DriveSpec> drive(Phases phases) {
    return phases.isEmpty()
        ? LabManifest.drive(root, source, known)
        : phases.all().stream().flatMap(phase -> phase.drive().stream()).toList();
  }
}
