package io.pipelab.local.ecs.container;

import io.pipelab.local.container.ImageFailure;

/** Why a container does not start; the message is what a task's stoppedReason says. */
public final class ContainerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private ContainerFailure(String message, Throwable cause) {
    super(message, cause);
  }

  private ContainerFailure(String message) {
    super(message);
  }

  /** The image is not there, it cannot be unpacked, or its program is none for this host. */
  static ContainerFailure of(String image, ImageFailure failure) {
    String why =
        switch (failure.kind()) {
          case ABSENT ->
              "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
                  + " resolve ref "
                  + image
                  + ": ";
          case BROKEN -> "CannotPullContainerError: failed to unpack " + image + ": ";
          case NOT_RUNNABLE -> "CannotStartContainerError: ";
        };
    return new ContainerFailure(why + failure.getMessage(), failure);
  }

  /** The image may not be pulled. */
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
