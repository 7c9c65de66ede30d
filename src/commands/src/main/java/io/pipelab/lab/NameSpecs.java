package io.pipelab.lab;

import io.pipelab.lab.Lab.PartSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a manifest's {@code names}: by what name each part of the lab is found. */
final class NameSpecs {
  private static final Set<String> PART = Set.of("kind", "name", "or", "outputs", "advice");

  private final Source source;
  private final KnownReferences known;

  NameSpecs(Source source, KnownReferences known) {
    this.source = source;
    this.known = known;
  }

  List<PartSpec> read(ManifestMap root) {
    List<PartSpec> parts = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (ManifestMap map : root.maps("names", PART)) {
      known.check(source, map, "name");
      known.check(source, map, "or");
      List<String> names = new ArrayList<>(List.of(map.text("name")));
      names.addAll(map.texts("or"));
      Map<String, String> outputs = map.textMap("outputs");
      for (String output : outputs.values()) {
        if (!known.has("outputs." + output)) {
          map.report("outputs", "no stack gives an output \"" + output + "\"");
        } else if (!given.add(output)) {
          map.report("outputs", "\"" + output + "\" is given twice");
        }
      }
      parts.add(
          new PartSpec(map.text("kind"), names, outputs, map.flag("advice"), map.line("kind")));
    }
    return parts;
  }
}
