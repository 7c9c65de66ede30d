package io.pipelab.local.ecs.container;

/** Why a container does not start; the message is what a task's stoppedReason says. */
public final class ContainerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private ContainerFailure(String message, Throwable cause) {
    super(message, cause);
  }

  private ContainerFailure(String message) {
    super(message);
  }

  /** The image is not there, or it cannot be unpacked. */
  public static ContainerFailure cannotPull(String why, Throwable cause) {
    return new ContainerFailure("CannotPullContainerError: " + why, cause);
  }

  /** The image cannot be unpacked. */
  public static ContainerFailure cannotPull(String why) {
    return new ContainerFailure("CannotPullContainerError: " + why);
  }

  /** The image's program cannot be started on this host. */
  public static ContainerFailure cannotStart(String why) {
    return new ContainerFailure("CannotStartContainerError: " + why);
  }

  /** What a task needs beside its image is missing, its log group for example. */
  public static ContainerFailure cannotInitialize(String why) {
    return new ContainerFailure("ResourceInitializationError: " + why);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
