package io.pipelab.report;

/** Colours, or none. */
public final class Style {
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
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
