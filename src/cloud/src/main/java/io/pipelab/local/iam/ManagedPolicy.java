package io.pipelab.local.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A managed policy; changes make a new value.
 *
 * @param updated when its last version was made
 * @param versions by their numbers; AWS keeps at most five
 * @param defaultVersion the version in force
 * @param lastVersion the highest number that was given: none is given twice
 */
record ManagedPolicy(
    String path,
    String name,
    String id,
    String arn,
    Instant created,
    Instant updated,
    String description,
    Map<String, String> tags,
    SortedMap<Integer, Version> versions,
    int defaultVersion,
    int lastVersion) {
  /** One version. */
  record Version(Document document, Instant created) {}

  ManagedPolicy {
    tags = Map.copyOf(tags);
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  Document document() {
    return Objects.requireNonNull(versions.get(defaultVersion)).document();
  }

  ManagedPolicy withVersion(Document document, Instant now, boolean asDefault) {
    int number = lastVersion + 1;
    SortedMap<Integer, Version> more = new TreeMap<>(versions);
    more.put(number, new Version(document, now));
    return with(tags, more, asDefault ? number : defaultVersion, now, number);
  }

  ManagedPolicy withoutVersion(int number) {
    SortedMap<Integer, Version> fewer = new TreeMap<>(versions);
    fewer.remove(number);
    return with(tags, fewer, defaultVersion, updated, lastVersion);
  }

  ManagedPolicy withDefault(int number, Instant now) {
    return with(tags, versions, number, now, lastVersion);
  }

  ManagedPolicy withTags(Map<String, String> all) {
    return with(all, versions, defaultVersion, updated, lastVersion);
  }

  private ManagedPolicy with(
      Map<String, String> tagged,
      SortedMap<Integer, Version> all,
      int inForce,
      Instant changed,
      int last) {
    return new ManagedPolicy(
        path, name, id, arn, created, changed, description, tagged, all, inForce, last);
  }
}
