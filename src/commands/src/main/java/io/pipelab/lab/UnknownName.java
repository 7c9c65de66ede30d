package io.pipelab.lab;

import java.util.Collection;
import java.util.List;

/** A name that a user typed and that does not exist: a lab, a step, a parameter. */
public final class UnknownName extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final List<String> known;

  /**
   * An unknown name.
   *
   * @param kind what it should have been: {@code lab}, {@code step}, {@code parameter}
   * @param known the names that exist, of which the nearest is suggested
   */
  public UnknownName(String kind, String given, Collection<String> known) {
    super("there is no " + kind + " \"" + given + "\"" + NearestName.hint(given, known));
    this.kind = kind;
    this.known = List.copyOf(known);
  }

  /** The names that exist. */
  public List<String> known() {
    return known;
  }

  /** What it should have been. */
  public String kind() {
    return kind;
  }
}
