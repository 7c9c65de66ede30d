package io.pipelab.lab;

import java.nio.file.Path;

/**
 * A place in a file that a person wrote.
 *
 * @param line from 1
 * @param column from 1; 0 when only the line is known
 */
public record Place(Path file, int line, int column) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /** {@code templates/decoupling/lab.yaml:12:5}, as editors and terminals understand it. */
  @Override
  public String toString() {
    return file + ":" + line + (column > 0 ? ":" + column : "");
  }
}
