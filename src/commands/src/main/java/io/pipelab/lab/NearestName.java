package io.pipelab.lab;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant, by edit distance. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name nearest to the given one; empty when none is near: more than a third of its
   * letters (at least two) would have to change.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    int most = Math.max(2, given.length() / 3);
    record Candidate(String name, int distance) {}
    return known.stream()
        .map(name -> new Candidate(name, distance(fold(given), fold(name))))
        .filter(candidate -> candidate.distance() <= most)
        .filter(candidate -> candidate.distance() < candidate.name().length())
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /** The rest of an error message: {@code ; did you mean "queue"?}, or what there is instead. */
  public static String hint(String given, Collection<String> known) {
    return of(given, known)
        .map(name -> "; did you mean \"" + name + "\"?")
        .orElseGet(
            () ->
                known.isEmpty()
                    ? ""
                    : "; there is " + String.join(", ", known.stream().sorted().toList()));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How many letters have to be put in, taken out, replaced, or swapped with their neighbour. */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int best =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
