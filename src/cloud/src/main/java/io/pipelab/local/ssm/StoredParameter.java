package io.pipelab.local.ssm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A parameter: its versions, oldest first, never none; its labels by version; its tags. Immutable.
 */
record StoredParameter(
    String name,
    List<ParameterVersion> versions,
    Map<Long, Set<String>> labels,
    Map<String, String> tags) {

  StoredParameter {
    versions = List.copyOf(versions);
    labels = Map.copyOf(labels);
    tags = Map.copyOf(tags);
  }

  ParameterVersion latest() {
    return versions.get(versions.size() - 1);
  }

  ParameterVersion oldest() {
    return versions.get(0);
  }

  Optional<ParameterVersion> version(long number) {
    return versions.stream().filter(each -> each.number() == number).findFirst();
  }

  /** The version that a selector, a number or a label, names. */
  Optional<ParameterVersion> selected(String selector) {
    if (selector.matches("\\d{1,18}")) {
      return version(Long.parseLong(selector));
    }
    return labels.entrySet().stream()
        .filter(each -> each.getValue().contains(selector))
        .findFirst()
        .flatMap(each -> version(each.getKey()));
  }

  Set<String> labelsOf(long number) {
    return labels.getOrDefault(number, Set.of());
  }

  StoredParameter withVersions(List<ParameterVersion> next) {
    return new StoredParameter(name, next, labels, tags);
  }

  /** With the labels of one version changed. */
  StoredParameter withLabels(long number, UnaryOperator<Set<String>> change) {
    Map<Long, Set<String>> next = new TreeMap<>(labels);
    Set<String> changed = change.apply(new TreeSet<>(labelsOf(number)));
    if (changed.isEmpty()) {
      next.remove(number);
    } else {
      next.put(number, Set.copyOf(changed));
    }
    return new StoredParameter(name, versions, next, tags);
  }

  StoredParameter withTags(Map<String, String> next) {
    return new StoredParameter(name, versions, labels, next);
  }
}
