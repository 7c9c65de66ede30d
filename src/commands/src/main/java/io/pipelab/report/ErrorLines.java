package io.pipelab.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error in at most three lines: what, why, what to do next. */
public final class ErrorLines {
  private ErrorLines() {}

  /** The lines; those that have nothing to say are left out. */
  public static List<String> of(String what, @Nullable String why, @Nullable String next) {
    List<String> lines = new ArrayList<>();
    lines.add("pipelab: " + oneLine(what));
    if (why != null && !why.isBlank()) {
      lines.add("  why: " + oneLine(why));
    }
    if (next != null && !next.isBlank()) {
      lines.add("  next: " + oneLine(next));
    }
    return lines;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
