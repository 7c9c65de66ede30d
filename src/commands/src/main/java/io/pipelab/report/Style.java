package io.pipelab.report;

import java.util.Random;

/** Colours, or none. */
public final class Style {
  /**
   * Begins a colour of ours. A text of a target cannot hold it, because it was written before: what
   * looks like an escape sequence there is shown and not carried out.
   */
  private static final String MARK =
      "\ufdd0" + Long.toHexString(System.nanoTime()) + Long.toHexString(new Random().nextLong());

  private final boolean color;

  private Style(boolean color) {
    this.color = color;
  }

  /** With colours or without. */
  public static Style of(boolean color) {
    return new Style(color);
  }

  public String good(String text) {
    return painted("32", text);
  }

  public String bad(String text) {
    return painted("31", text);
  }

  public String odd(String text) {
    return painted("33", text);
  }

  public String faint(String text) {
    return painted("2", text);
  }

  public String strong(String text) {
    return painted("1", text);
  }

  private String painted(String code, String text) {
    return color ? MARK + code + "m" + text + MARK + "0m" : text;
  }

  /** A text whose colours are escape sequences: only the last station before a terminal asks. */
  public static String rendered(String text) {
    return text.replace(MARK, "\u001b[");
  }
}
