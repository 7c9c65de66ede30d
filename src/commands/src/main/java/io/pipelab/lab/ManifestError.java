package io.pipelab.lab;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A manifest or a template that cannot be used, with every mistake that was found in it. */
public final class ManifestError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One mistake.
   *
   * @param key the key that it is about, with the keys around it: {@code steps[3].checks[0].type};
   *     empty when it is about the whole file
   * @param message what is wrong, and the nearest right name where there is one
   * @param missing whether something is not there; what is there and wrong is told first, because
   *     it may be what is missing
   */
  public record Mistake(Place place, String key, String message, boolean missing)
      implements Comparable<Mistake> {
    private static final Comparator<Mistake> ORDER =
        Comparator.<Mistake, Path>comparing(mistake -> mistake.place().file())
            .thenComparing(Mistake::missing)
            .thenComparing(Mistake::place);

    /** Something that is there and wrong. */
    public Mistake(Place place, String key, String message) {
      this(place, key, message, false);
    }

    @Override
    public int compareTo(Mistake other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return place + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
  }

  private final transient List<Mistake> mistakes;

  public ManifestError(List<Mistake> mistakes) {
    super(text(mistakes));
    this.mistakes = mistakes.stream().sorted().toList();
  }

  public ManifestError(Place place, String key, String message) {
    this(List.of(new Mistake(place, key, message)));
  }

  /** All mistakes: file by file, what is wrong before what is missing, then by line. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  private static String text(List<Mistake> mistakes) {
    return mistakes.stream().sorted().map(Mistake::toString).collect(Collectors.joining("\n"));
  }
}
