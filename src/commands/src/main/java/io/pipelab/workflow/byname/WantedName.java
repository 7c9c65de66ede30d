package io.pipelab.workflow.byname;

/**
 * A name to look for.
 *
 * @param text the name; with a {@code *} at its end, how the name begins
 */
record WantedName(String text) {
  /** Whether it says only how the name begins. */
  boolean open() {
    return text.endsWith("*");
  }

  /** The name as far as it is known. */
  String beginning() {
    return open() ? text.substring(0, text.length() - 1) : text;
  }

  boolean is(String name) {
    return open() ? name.startsWith(beginning()) : name.equals(text);
  }
}
