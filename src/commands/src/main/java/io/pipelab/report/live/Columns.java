package io.pipelab.report.live;

import io.pipelab.report.VisibleText;

/** How many columns of a terminal a text takes, and the part of it that fits. */
final class Columns {
  private static final String CUT = "..";

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** The text, or its beginning and two dots, in at most so many columns. */
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder part = new StringBuilder();
    int left = columns - CUT.length();
    for (int codePoint : text.codePoints().toArray()) {
      left -= of(codePoint);
      if (left < 0) {
        break;
      }
      part.appendCodePoint(codePoint);
    }
    return columns < CUT.length() ? CUT.substring(0, Math.max(0, columns)) : part + CUT;
  }

  /** One line that cannot steer the terminal. */
  static String visible(String text) {
    return VisibleText.of(text.replaceAll("\\s+", " "));
  }

  private static int of(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  /** The blocks of East Asian writing and of pictures. */
  private static boolean isWide(int codePoint) {
    return codePoint >= 0x1100
        && (codePoint <= 0x115f
            || (codePoint >= 0x2e80 && codePoint <= 0xa4cf)
            || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
            || (codePoint >= 0xf900 && codePoint <= 0xfaff)
            || (codePoint >= 0xfe30 && codePoint <= 0xfe6f)
            || (codePoint >= 0xff00 && codePoint <= 0xff60)
            || (codePoint >= 0x1f300 && codePoint <= 0x1faff)
            || (codePoint >= 0x20000 && codePoint <= 0x3fffd));
  }
}
