package io.pipelab.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a lab in the order in which they are built.
 *
 * @param all empty when the lab is built as one
 * @param outputs the id of the phase in which each output of the lab's stacks comes, where one does
 */
public record Phases(List<Phase> all, Map<String, String> outputs) {
  /** Of a lab that is built as one. */
  public static final Phases NONE = new Phases(List.of(), Map.of());

  public Phases {
    all = List.copyOf(all);
    outputs = Map.copyOf(outputs);
  }

  /** Whether the lab is built as one. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Their ids, in order. */
  public List<String> ids() {
    return all.stream().map(Phase::id).toList();
  }

  /**
   * The phase of that id.
   *
   * @throws UnknownName when the lab does not have it
   */
  public Phase phase(String id) {
    return all.stream()
        .filter(phase -> phase.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnknownName("phase", id, ids()));
  }

  /** The last one: when it stands, all stand. */
  public Phase last() {
    return all.get(all.size() - 1);
  }

  /**
   * The phase that comes next.
   *
   * @param standing the id of the last one that stands; empty when none does
   * @return empty when all stand
   */
  public Optional<Phase> after(String standing) {
    int next = ids().indexOf(standing) + 1;
    return next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
  }

  /**
   * Whether a part of a phase is there when the lab is built up to another one; what belongs to
   * none always is.
   */
  public boolean stands(String phase, String standing) {
    return isEmpty() || phase.isEmpty() || ids().indexOf(phase) <= ids().indexOf(standing);
  }

  /** The resources that are there when the lab is built up to a phase, but not up to another. */
  public List<String> resourcesBetween(String earlier, String later) {
    return all.stream()
        .filter(phase -> stands(phase.id(), later) && !stands(phase.id(), earlier))
        .flatMap(phase -> phase.resources().stream())
        .toList();
  }

  /** Whether everything is there when the lab is built up to a phase. */
  public boolean isWhole(String standing) {
    return isEmpty() || last().id().equals(standing);
  }

  /** {@code live (2 of 2)}. */
  public String place(String id) {
    return "%s (%d of %d)".formatted(id, ids().indexOf(id) + 1, all.size());
  }
}
