package io.pipelab.lab;

import java.util.Comparator;
import java.util.List;

/** A manifest or a template that cannot be used, with every mistake that was found in it. */
public final class ManifestError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One mistake.
   *
   * @param key the key that it is about, with the keys around it: {@code steps[3].checks[0].type};
   *     empty when it is about the whole file
   * @param message what is wrong, and the nearest right name where there is one
   */
  public record Mistake(Place place, String key, String message) {
    @Override
    public String toString() {
      return place + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
  }

  private final transient List<Mistake> mistakes;

  public ManifestError(List<Mistake> mistakes) {
    super(text(mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  ManifestError(Place place, String key, String message) {
    this(List.of(new Mistake(place, key, message)));
  }

  /** All mistakes, in the order of their lines. */
  public List<Mistake> mistakes() {
    return mistakes.stream().sorted(Comparator.comparing(Mistake::place)).toList();
  }

  private static String text(List<Mistake> mistakes) {
    Mistake first = mistakes.stream().min(Comparator.comparing(Mistake::place)).orElseThrow();
    int more = mistakes.size() - 1;
    return first
        + switch (more) {
          case 0 -> "";
          case 1 -> " (and one more mistake)";
          default -> " (and " + more + " more mistakes)";
        };
  }
}
