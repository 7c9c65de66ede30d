package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All layers and their versions. A version's number is never used twice. */
final class Layers {
  static final String VERSION_ARN =
      "(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)"
          + "|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)";

  private static final Pattern VERSION = Pattern.compile(VERSION_ARN);

  private static final class Layer {
    private final NavigableMap<Long, LayerVersion> versions = new TreeMap<>();
    private long last;
  }

  private final CloudIdentity identity;
  private final Map<String, Layer> byName = new TreeMap<>();

  Layers(CloudIdentity identity) {
    this.identity = identity;
  }

  /** The ARN of a layer, by its name or its ARN. */
  String arn(String nameOrArn) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : identity.arn("lambda", "layer:" + nameOrArn);
  }

  private static String name(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
  }

  /** Adds a version under the layer's next number. */
  synchronized LayerVersion publish(String nameOrArn, LongFunction<LayerVersion> version) {
    Layer layer = byName.computeIfAbsent(name(nameOrArn), ignored -> new Layer());
    LayerVersion published = version.apply(layer.last + 1);
    layer.versions.put(++layer.last, published);
    return published;
  }

  /** A version of a layer of this account and region; empty when there is none. */
  synchronized Optional<LayerVersion> find(String nameOrArn, long version) {
    Layer layer = isMine(nameOrArn) ? byName.get(name(nameOrArn)) : null;
    return Optional.ofNullable(layer).map(found -> found.versions.get(version));
  }

  /**
   * The version of an ARN.
   *
   * @throws AwsError ValidationException when it is no layer version's ARN
   */
  Optional<LayerVersion> find(String versionArn) {
    if (!VERSION.matcher(versionArn).matches()) {
      throw Errors.constraint(
          versionArn, "arn", "satisfy regular expression pattern: " + VERSION_ARN);
    }
    int cut = versionArn.lastIndexOf(':');
    String version = versionArn.substring(cut + 1);
    return version.matches("\\d{1,18}")
        ? find(versionArn.substring(0, cut), Long.parseLong(version))
        : Optional.empty();
  }

  private boolean isMine(String nameOrArn) {
    if (!nameOrArn.startsWith("arn:")) {
      return true;
    }
    Arn arn = Arn.parse(nameOrArn);
    return arn.account().equals(identity.account()) && arn.region().equals(identity.region());
  }

  /**
   * Changes who may use a version.
   *
   * @throws AwsError ResourceNotFoundException
   */
  synchronized LayerVersion change(
      String nameOrArn, long number, UnaryOperator<LayerVersion> change) {
    LayerVersion version =
        find(nameOrArn, number)
            .orElseThrow(
                () ->
                    Errors.notFound(
                        "Layer version " + arn(nameOrArn) + ":" + number + " does not exist."));
    LayerVersion changed = change.apply(version);
    layer(nameOrArn).versions.put(number, changed);
    return changed;
  }

  /** The layer of a version that was found. */
  private Layer layer(String nameOrArn) {
    return Objects.requireNonNull(byName.get(name(nameOrArn)));
  }

  /** Takes a version out; empty when it is gone already. */
  synchronized Optional<LayerVersion> remove(String nameOrArn, long version) {
    Optional<LayerVersion> found = find(nameOrArn, version);
    found.ifPresent(gone -> layer(nameOrArn).versions.remove(version));
    return found;
  }

  /** The versions of a layer that match, newest first. */
  synchronized List<LayerVersion> versions(
      String nameOrArn, @Nullable String runtime, @Nullable String architecture) {
    Layer layer = isMine(nameOrArn) ? byName.get(name(nameOrArn)) : null;
    List<LayerVersion> matching = new ArrayList<>();
    if (layer != null) {
      layer.versions.descendingMap().values().stream()
          .filter(version -> version.matches(runtime, architecture))
          .forEach(matching::add);
    }
    return matching;
  }

  /** The names of all layers that have a version, sorted. */
  synchronized List<String> names() {
    return byName.entrySet().stream()
        .filter(layer -> !layer.getValue().versions.isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }
}
