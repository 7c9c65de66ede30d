package io.pipelab.functions.tasks;

/** The variables that the template gives the functions. */
final class Environment {
  private Environment() {}

  /**
   * A variable that must be there.
   *
   * @throws IllegalStateException that names it
   */
  static String required(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("the environment variable " + name + " is not set");
    }
    return value;
  }

  /**
   * A variable, or what it is when it is not set.
   *
   * @throws IllegalStateException when it is not a number
   */
  static int number(String name, int otherwise) {
    String value = System.getenv(name);
    try {
      return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("the environment variable " + name + " is no number", e);
    }
  }
}
