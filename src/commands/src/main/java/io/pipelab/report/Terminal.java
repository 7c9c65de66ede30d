package io.pipelab.report;

import java.util.Map;
import java.util.Properties;

/**
 * What is known of the terminal that the command runs in; the launcher finds it out.
 *
 * @param dumb whether it can only print: nothing is redrawn there
 * @param columns the width, 80 when unknown
 * @param lines the height, 24 when unknown
 */
public record Terminal(boolean in, boolean out, boolean err, boolean dumb, int columns, int lines) {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_LINES = 24;

  /** No terminal at all. */
  public static Terminal none() {
    return new Terminal(false, false, false, true, USUAL_COLUMNS, USUAL_LINES);
  }

  /**
   * From the launcher's system properties.
   *
   * @param properties {@code pipelab.tty}: which of 0, 1, 2 are terminals; {@code pipelab.columns}
   */
  public static Terminal of(Map<String, String> environment, Properties properties) {
    String ttys = properties.getProperty("pipelab.tty", "");
    String term = environment.getOrDefault("TERM", "dumb");
    return new Terminal(
        ttys.contains("0"),
        ttys.contains("1"),
        ttys.contains("2"),
        term.equals("dumb") || term.isEmpty(),
        number(properties.getProperty("pipelab.columns", ""), USUAL_COLUMNS),
        number(properties.getProperty("pipelab.lines", ""), USUAL_LINES));
  }

  private static int number(String text, int otherwise) {
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
  }
}
