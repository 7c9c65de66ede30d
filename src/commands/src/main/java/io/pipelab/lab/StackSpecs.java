package io.pipelab.lab;

import io.pipelab.lab.Lab.StackSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a manifest's stacks and holds them against their templates. */
final class StackSpecs {
  private final Source source;
  private final KnownReferences known;
  private final Path folder;

  StackSpecs(Source source, KnownReferences known, Path folder) {
    this.source = source;
    this.known = known;
    this.folder = folder;
  }

  List<StackSpec> read(ManifestMap root) {
    List<StackSpec> stacks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ManifestMap map : root.maps("stacks", Set.of("id", "template", "parameters"))) {
      stacks.add(stack(map, ids));
    }
    if (stacks.isEmpty()) {
      root.reportEmpty("stacks", "must list at least one stack");
    }
    return stacks;
  }

  private StackSpec stack(ManifestMap map, Set<String> ids) {
    String template = map.text("template");
    Map<String, String> parameters = map.textMap("parameters");
    // Only the outputs of earlier stacks are known when this one is created.
    known.check(source, map, "parameters");
    Path file = folder.resolve(template);
    if (!template.isEmpty() && !Files.isRegularFile(file)) {
      map.report("template", "there is no file " + template + " beside the manifest");
      known.addAny("outputs.");
    } else if (!template.isEmpty()) {
      compare(map, parameters, outline(file));
    }
    return new StackSpec(LabManifest.id(map, ids), file, parameters);
  }

  /** A template that cannot be read is told once, and not again for each name in it. */
  private TemplateOutline outline(Path file) {
    try {
      return TemplateOutline.of(file);
    } catch (ManifestError e) {
      source.report(e.mistakes());
      known.addAny("outputs.");
      return TemplateOutline.UNREADABLE;
    }
  }

  private void compare(ManifestMap map, Map<String, String> given, TemplateOutline template) {
    if (template == TemplateOutline.UNREADABLE) {
      return;
    }
    ManifestMap parameters = map.mapOrNull("parameters", null);
    for (String name : given.keySet()) {
      if (parameters != null && !template.parameters().contains(name)) {
        parameters.report(
            name,
            "the template has no such parameter" + NearestName.hint(name, template.parameters()));
      }
    }
    for (String name : template.required()) {
      if (!given.containsKey(name)) {
        map.report("parameters", "the template's parameter " + name + " has no value");
      }
    }
    known.add("outputs.", template.outputs());
  }
}
