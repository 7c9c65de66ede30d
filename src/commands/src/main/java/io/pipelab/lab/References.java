package io.pipelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of the references that a manifest may use: {@code ${outputs.X}}, {@code ${param.X}},
 * {@code ${run.id}}, {@code ${account}}, {@code ${region}}, {@code ${partition}}, {@code
 * ${pipelab}}, {@code ${lab}}, {@code ${built}}, {@code ${instance.prefix}}, {@code
 * ${artifact.ID.bucket}}, {@code ${artifact.ID.key}}, {@code ${image.ID.uri}} and {@code
 * ${image.ID.digest}}. Immutable: each {@code with} gives new references.
 */
public final class References {
  private static final String OUTPUTS = "outputs.";

  private final Path manifest;
  private final Map<String, String> values;
  private final Map<String, Supplier<String>> late;
  private final @Nullable String standIn;

  private References(
      Path manifest,
      Map<String, String> values,
      Map<String, Supplier<String>> late,
      @Nullable String standIn) {
    this.manifest = manifest;
    this.values = values;
    this.late = late;
    this.standIn = standIn;
  }

  /** No values yet. */
  public static References of(Lab lab) {
    return new References(lab.manifest(), Map.of(), Map.of(), null);
  }

  /** These, and one more: {@code with("run.id", "r-1")}. */
  public References with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** These, and every output of a stack. */
  public References withOutputs(Map<String, String> outputs) {
    return withAll(OUTPUTS, outputs);
  }

  /** These, and the lab's parameters. */
  public References withParameters(Map<String, String> parameters) {
    return withAll("param.", parameters);
  }

  /** The outputs that were given, by their names. */
  public Map<String, String> outputs() {
    Map<String, String> outputs = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(OUTPUTS)) {
            outputs.put(name.substring(OUTPUTS.length()), value);
          }
        });
    return outputs;
  }

  /**
   * These, and an image that was pushed.
   *
   * @param uri the image by digest: {@code REGISTRY/REPOSITORY@sha256:...}
   * @param digest {@code sha256:...}
   */
  public References withImage(String id, String uri, String digest) {
    return with(Map.of("image." + id + ".uri", uri, "image." + id + ".digest", digest));
  }

  /** These, and where the code of an artifact is. */
  public References withArtifact(String id, String bucket, String key) {
    return with(Map.of("artifact." + id + ".bucket", bucket, "artifact." + id + ".key", key));
  }

  private References withAll(String prefix, Map<String, String> more) {
    Map<String, String> named = new LinkedHashMap<>();
    more.forEach((name, value) -> named.put(prefix + name, value));
    return with(named);
  }

  private References with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(more);
    return new References(manifest, Map.copyOf(all), late, standIn);
  }

  /** These, and some whose value is asked for when a text first has them: the target's account. */
  public References withLate(Map<String, Supplier<String>> more) {
    Map<String, Supplier<String>> all = new LinkedHashMap<>(late);
    all.putAll(more);
    return new References(manifest, values, Map.copyOf(all), standIn);
  }

  /** These, and one value for all that have none: to look at a manifest before its lab stands. */
  public References withStandIn(String value) {
    return new References(manifest, values, late, value);
  }

  /**
   * A text with its references replaced.
   *
   * @throws ManifestError when one has no value, with the line where it stands
   */
  public String resolve(String text) {
    return ReferenceSyntax.replace(text, this::value);
  }

  /**
   * A command with the references of its words replaced; a value never becomes more than its word.
   * Only {@code ${lab}} and {@code ${built}}, arguments of pipelab's own commands, are as many
   * words as they have.
   *
   * @throws ManifestError when one has no value, with the line where it stands
   */
  public ShellCommand resolve(ShellCommand command) {
    List<List<String>> calls = new ArrayList<>();
    for (List<String> call : command.calls()) {
      List<String> words = new ArrayList<>();
      for (String word : call) {
        if (word.equals("${lab}") || word.equals("${built}")) {
          String arguments = resolve(word);
          if (!arguments.isBlank()) {
            words.addAll(ShellCommand.parse(arguments).calls().get(0));
          }
        } else {
          words.add(resolve(word));
        }
      }
      calls.add(words);
    }
    return new ShellCommand(calls);
  }

  /** The value of one reference, if it has one yet: {@code find("instance.prefix")}. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The outputs that a setting refers to, however deep: a text, a list or a map. */
  public static Set<String> outputsIn(Object setting) {
    Set<String> outputs = new LinkedHashSet<>();
    if (setting instanceof String text) {
      ReferenceSyntax.names(text).stream()
          .filter(name -> name.startsWith(OUTPUTS))
          .forEach(name -> outputs.add(name.substring(OUTPUTS.length())));
    } else if (setting instanceof List<?> list) {
      list.forEach(item -> outputs.addAll(outputsIn(item)));
    } else if (setting instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> {
            outputs.addAll(outputsIn(key));
            outputs.addAll(outputsIn(item));
          });
    }
    return outputs;
  }

  /** {@link #resolve(String)} for each value. */
  public Map<String, String> resolveTexts(Map<String, String> texts) {
    Map<String, String> resolved = new LinkedHashMap<>();
    texts.forEach((key, text) -> resolved.put(key, resolve(text)));
    return resolved;
  }

  /** {@link #resolve(String)} for each text in a check's settings, however deep. */
  public Map<String, Object> resolveSettings(Map<String, Object> settings) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    settings.forEach((key, value) -> resolved.put(key, resolveValue(value)));
    return resolved;
  }

  private Object resolveValue(Object value) {
    if (value instanceof String text) {
      return resolve(text);
    }
    if (value instanceof List<?> list) {
      List<Object> resolved = new ArrayList<>();
      list.forEach(item -> resolved.add(resolveValue(item)));
      return resolved;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> resolved = new LinkedHashMap<>();
      map.forEach((key, item) -> resolved.put(resolve(String.valueOf(key)), resolveValue(item)));
      return resolved;
    }
    return value;
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null && late.containsKey(name)) {
      return late.get(name).get();
    }
    if (value == null && standIn != null) {
      return standIn;
    }
    if (value == null) {
      throw new ManifestError(
          new Place(manifest, lineOf("${" + name + "}"), 0),
          "",
          ReferenceSyntax.unknown(name, values.keySet()));
    }
    return value;
  }

  /** The first line with that text; 1 when it came from elsewhere. */
  private int lineOf(String text) {
    try {
      List<String> lines = Files.readAllLines(manifest);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(text)) {
          return i + 1;
        }
      }
      return 1;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + manifest, e);
    }
  }
}
