package io.pipelab.report;

import java.util.Locale;

/** How spans of time are written: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}. */
public final class Seconds {
  private Seconds() {}

  public static String text(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
