package io.pipelab.workflow.step;

/**
 * A copy of a lab by its names alone: what a stack's tags tell without the manifest.
 *
 * @param lab the lab's id
 * @param instance the copy's name; empty for the first
 */
public record LabCopy(String lab, String instance) implements Comparable<LabCopy> {
  /** How the user names it: {@code decoupling}, or {@code decoupling --instance two}. */
  public String asArguments() {
    return instance.isEmpty() ? lab : lab + " --instance " + instance;
  }

  @Override
  public int compareTo(LabCopy other) {
    return asArguments().compareTo(other.asArguments());
  }
}
