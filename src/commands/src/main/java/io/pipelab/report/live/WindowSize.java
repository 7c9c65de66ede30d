package io.pipelab.report.live;

/** How large a terminal's window is, in characters. */
public record WindowSize(int columns, int rows) {
  /** What a terminal has that does not say. */
  public static final WindowSize USUAL = new WindowSize(80, 24);
}
