package io.pipelab.lab;

import io.pipelab.lab.Lab.ArtifactSpec;
import io.pipelab.lab.Lab.Cost;
import io.pipelab.lab.Lab.DriveSpec;
import io.pipelab.lab.Lab.ImageSpec;
import io.pipelab.lab.Lab.Parameter;
import io.pipelab.lab.Lab.StackSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a lab's manifest. All mistakes are reported together, each with file, line and key: unknown
 * keys, missing values, references to what does not exist, templates that do not fit.
 */
public final class LabManifest {
  private static final Pattern JAR = Pattern.compile("pipelab-[a-z]+(-[a-z]+)*\\.jar");
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Set<String> KEYS =
      Set.of(
          "title",
          "summary",
          "services",
          "cost",
          "parameters",
          "artifacts",
          "stacks",
          "images",
          "goals",
          "phases",
          "drive",
          "names",
          "steps");

  private final Source source;
  private final KnownReferences known = new KnownReferences();

  private LabManifest(Source source) {
    this.source = source;
  }

  /**
   * Reads the lab in a folder.
   *
   * @throws ManifestError with every mistake in it
   */
  public static Lab read(Path folder) {
    LabDraft draft = draft(folder);
    if (!draft.mistakes().isEmpty()) {
      throw new ManifestError(draft.mistakes());
    }
    return draft.lab();
  }

  /**
   * Reads the lab in a folder as far as it can be read.
   *
   * @throws ManifestError when there is nothing to read: it is not valid YAML
   */
  static LabDraft draft(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Source source = new Source(absolute.resolve(Lab.MANIFEST));
    Lab lab = new LabManifest(source).lab(absolute);
    return new LabDraft(lab, source.mistakes());
  }

  private Lab lab(Path folder) {
    ManifestMap root = new ManifestMap(source, "", source.document(), KEYS);
    ManifestMap cost = root.map("cost", Set.of("hourlyUsd", "note"));
    Map<String, Parameter> parameters = parameters(root);
    known.add("param.", parameters.keySet());
    List<ManifestMap> artifacts = root.maps("artifacts", Set.of("id", "jar"));
    artifacts.forEach(artifact -> known.addArtifact(artifact.textOr("id", "")));
    List<ManifestMap> images =
        root.maps("images", Set.of("id", "repository", "jar", "mainClass", "runs", "phase"));
    images.forEach(image -> known.addImage(image.textOr("id", ""), image.textOr("phase", "")));
    String title = root.text("title");
    String summary = root.text("summary");
    List<String> services = root.texts("services");
    Cost costs = new Cost(cost.amount("hourlyUsd"), cost.textOr("note", ""));
    PhaseSpecs phaseSpecs = new PhaseSpecs(source, known, root);
    List<StackSpec> stacks = new StackSpecs(source, known, folder).read(root);
    Phases phases = phaseSpecs.read(stacks);
    return new Lab(
        id(folder),
        title,
        summary,
        folder,
        services,
        costs,
        parameters,
        artifacts(artifacts),
        stacks,
        images(images, phaseSpecs),
        root.texts("goals"),
        phases,
        phaseSpecs.drive(phases),
        new NameSpecs(source, known).read(root),
        new StepSpecs(source, known, phaseSpecs).read(root));
  }

  private String id(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private Map<String, Parameter> parameters(ManifestMap root) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    ManifestMap all = root.mapOrNull("parameters", null);
    if (all == null) {
      return parameters;
    }
    for (String name : all.keys()) {
      ManifestMap one = all.map(name, Set.of("description", "value", "local"));
      parameters.put(
          name, new Parameter(one.text("description"), one.text("value"), one.textOrNull("local")));
    }
    return parameters;
  }

  private List<ArtifactSpec> artifacts(List<ManifestMap> maps) {
    Set<String> ids = new HashSet<>();
    return maps.stream().map(map -> new ArtifactSpec(id(map, ids), jar(map))).toList();
  }

  /** A name without a folder: a manifest can bring nothing but what pipelab's own build made. */
  private static String jar(ManifestMap map) {
    String jar = map.text("jar");
    if (!jar.isEmpty() && !JAR.matcher(jar).matches()) {
      map.report("jar", "must name a jar of pipelab's build, pipelab-*.jar, not \"" + jar + "\"");
    }
    return jar;
  }

  private List<ImageSpec> images(List<ManifestMap> maps, PhaseSpecs phases) {
    Set<String> ids = new HashSet<>();
    List<ImageSpec> images = new ArrayList<>();
    for (ManifestMap map : maps) {
      known.check(source, map, "repository");
      images.add(
          new ImageSpec(
              id(map, ids),
              map.text("repository"),
              jar(map),
              map.text("mainClass"),
              runsAsFunction(map),
              phases.ofImage(map)));
    }
    return images;
  }

  private static boolean runsAsFunction(ManifestMap map) {
    String runs = map.textOr("runs", "task");
    if (!Set.of("task", "function").contains(runs)) {
      map.report("runs", "must be task or function, not \"" + runs + "\"");
    }
    return runs.equals("function");
  }

  /** What is done to a lab, or to one of its phases. */
  static List<DriveSpec> drive(ManifestMap owner, Source source, KnownReferences known) {
    List<DriveSpec> drive = new ArrayList<>();
    for (ManifestMap map : owner.maps("drive", Set.of("action", "with"))) {
      known.check(source, map, "with");
      drive.add(
          new DriveSpec(
              map.text("action"), map.textMap("with"), map.line("action"), map.linesIn("with")));
    }
    return drive;
  }

  /** The id of an entry in a list, which must be well-formed and there only once. */
  static String id(ManifestMap map, Set<String> taken) {
    String id = map.text("id");
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      map.report("id", "must be lower-case words with hyphens, not \"" + id + "\"");
    }
    if (!id.isEmpty() && !taken.add(id)) {
      map.report("id", "\"" + id + "\" is there twice");
    }
    return id;
  }
}
