package io.pipelab.lab.explain;

import io.pipelab.lab.explain.Topic.Kind;
import java.util.List;
import java.util.Optional;

/**
 * All that a lab's author tells about it.
 *
 * @param topics in the file's order; empty when there is no such file
 */
public record Explanation(List<Topic> topics) {
  /** Of a lab whose author told nothing. */
  public static final Explanation NONE = new Explanation(List.of());

  /** What is told of the lab as a whole. */
  public Optional<Topic> lab() {
    return topics.stream().filter(topic -> topic.kind() == Kind.LAB).findFirst();
  }

  /** What is told of one phase, step or section. */
  public Optional<Topic> of(Kind kind, String id) {
    return topics.stream()
        .filter(topic -> topic.kind() == kind && topic.id().equals(id))
        .findFirst();
  }

  /** The sections before the first phase and step: they belong to the overview. */
  public List<Topic> introduction() {
    return topics.stream()
        .takeWhile(topic -> topic.kind() == Kind.LAB || topic.kind() == Kind.SECTION)
        .filter(topic -> topic.kind() == Kind.SECTION)
        .toList();
  }

  /** The sections that are read by their names. */
  public List<Topic> sections() {
    List<Topic> introduction = introduction();
    return topics.stream()
        .filter(topic -> topic.kind() == Kind.SECTION && !introduction.contains(topic))
        .toList();
  }
}
