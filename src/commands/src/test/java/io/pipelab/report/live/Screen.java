package io.pipelab.report.live;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A terminal without an end: the lines that somebody would see, and the cursor. */
final class Screen {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final List<StringBuilder> lines = new ArrayList<>();
  private int row;
  private int column;
  boolean cursorShown = true;
  boolean wraps = true;

  PrintStream stream() {
    return stream;
  }

  /** What is seen now. */
  List<String> seen() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        int end = i + 2;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        escape(text.substring(i + 2, end), text.charAt(end));
        i = end;
      } else if (c == '\n') {
        row++;
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else {
        put(c);
      }
    }
    List<String> seen = new ArrayList<>();
    lines.forEach(line -> seen.add(line.toString().stripTrailing()));
    while (!seen.isEmpty() && seen.get(seen.size() - 1).isEmpty()) {
      seen.remove(seen.size() - 1);
    }
    return seen;
  }

  private void escape(String parameters, char command) {
    switch (command) {
      case 'A' -> row -= Integer.parseInt(parameters);
      case 'K' -> line().setLength(Math.min(column, line().length()));
      case 'J' -> {
        line().setLength(Math.min(column, line().length()));
        lines.subList(row + 1, lines.size()).clear();
      }
      case 'h', 'l' -> {
        cursorShown = parameters.equals("?25") ? command == 'h' : cursorShown;
        wraps = parameters.equals("?7") ? command == 'h' : wraps;
      }
      default -> throw new AssertionError("unknown escape " + parameters + command);
    }
  }

  private void put(char c) {
    StringBuilder line = line();
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column, c);
    column++;
  }

  private StringBuilder line() {
    while (lines.size() <= row) {
      lines.add(new StringBuilder());
    }
    return lines.get(row);
  }
}
