package io.pipelab.functions.offers;

import org.jspecify.annotations.Nullable;

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
   * A number, or what it is without the variable.
   *
   * @throws IllegalStateException when it is not a number
   */
  static int number(@Nullable String value, int otherwise) {
    try {
      return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("an environment variable is not a number: " + value, e);
    }
  }
}
