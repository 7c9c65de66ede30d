package io.pipelab.functions.images;

import java.util.Map;

/** A width and a height in pixels. */
record Box(int width, int height) {
  private static final int LARGEST = 10_000;

  /**
   * The size that a function's environment asks for: {@code MAX_WIDTH} and {@code MAX_HEIGHT}.
   *
   * @throws IllegalStateException that names the variable that is wrong
   */
  static Box from(Map<String, String> environment, Box usual) {
    return new Box(
        side(environment, "MAX_WIDTH", usual.width()),
        side(environment, "MAX_HEIGHT", usual.height()));
  }

  private static int side(Map<String, String> environment, String name, int usual) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int side = Integer.parseInt(text);
      if (side >= 1 && side <= LARGEST) {
        return side;
      }
    } catch (NumberFormatException e) {
      // Reported below with the numbers that are out of range.
    }
    throw new IllegalStateException(
        name + " must be a number of pixels from 1 to " + LARGEST + ", not '" + text + "'");
  }

  /** The largest size of a picture's own shape that fits in here, and is not larger than it. */
  Box fit(Box picture) {
    double scale =
        Math.min(1, Math.min(ratio(width, picture.width), ratio(height, picture.height)));
    return new Box(scaled(picture.width, scale), scaled(picture.height, scale));
  }

  /** The same lying on its side. */
  Box turned() {
    return new Box(height, width);
  }

  long pixels() {
    return (long) width * height;
  }

  private static double ratio(int room, int side) {
    return (double) room / side;
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }

  /** {@code 1280x853}. */
  @Override
  public String toString() {
    return width + "x" + height;
  }
}
