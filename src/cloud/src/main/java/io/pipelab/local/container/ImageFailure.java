package io.pipelab.local.container;

/** Why an image or the program in it cannot be used; each service has its own words around it. */
public final class ImageFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** It is in no registry, or the registry does not give it away. */
    ABSENT,
    /** It cannot be unpacked. */
    BROKEN,
    /** This host cannot run the program that it names. */
    NOT_RUNNABLE
  }

  private final Kind kind;

  private ImageFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  private ImageFailure(String message) {
    super(message);
    this.kind = Kind.NOT_RUNNABLE;
  }

  static ImageFailure absent(Throwable cause) {
    return new ImageFailure(Kind.ABSENT, String.valueOf(cause.getMessage()), cause);
  }

  static ImageFailure broken(Throwable cause) {
    return new ImageFailure(Kind.BROKEN, String.valueOf(cause.getMessage()), cause);
  }

  static ImageFailure notRunnable(String why) {
    return new ImageFailure(why);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
