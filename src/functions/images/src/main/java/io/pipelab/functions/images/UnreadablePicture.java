package io.pipelab.functions.images;

/** A file that is not a picture, is broken, or is larger than a function may take on. */
final class UnreadablePicture extends Exception {
  private static final long serialVersionUID = 1;

  UnreadablePicture(String why) {
    super(why);
  }

  UnreadablePicture(String why, Throwable cause) {
    super(why, cause);
  }
}
