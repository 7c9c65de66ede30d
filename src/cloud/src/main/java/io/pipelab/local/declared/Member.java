package io.pipelab.local.declared;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What becomes of a member of a request, or of the members below it.
 *
 * @param use what the action does with it; of no meaning where {@code below} has members
 * @param values for {@link Use#DEFAULT}: AWS's own default and what means the same
 * @param below the members of a structure, or of the structures in a list or a map, where they
 *     differ: those that are not named are not implemented. Empty: the whole member
 */
public record Member(Use use, Set<String> values, Map<String, Member> below) {
  /** What an action does with a member. */
  public enum Use {
    /** It works. */
    HONOURED,
    /**
     * It changes nothing that a caller could see, here as on AWS: a client token, a page's size.
     */
    HARMLESS,
    /** It may be sent with the value that AWS takes without it. */
    DEFAULT
  }

  public Member {
    values = Set.copyOf(values);
    below = new TreeMap<>(below);
  }

  static Member whole(Use use) {
    return new Member(use, Set.of(), Map.of());
  }

  static Member structure(Map<String, Member> below) {
    return new Member(Use.HONOURED, Set.of(), below);
  }

  /**
   * Both declarations of one structure.
   *
   * @throws IllegalArgumentException when a member is in both
   */
  Member and(Member other, String path) {
    if (below.isEmpty() || other.below.isEmpty()) {
      throw new IllegalArgumentException(path + " is declared twice");
    }
    Map<String, Member> both = new TreeMap<>(below);
    other.below.forEach(
        (name, member) -> both.merge(name, member, (one, two) -> one.and(two, path + "." + name)));
    return structure(both);
  }
}
