package io.pipelab.local.lambda.runtime;

/** The handler cannot be used as it was configured; the words and the type are AWS's. */
final class HandlerFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorType;

  HandlerFault(String message, Class<? extends Throwable> errorType) {
    super(message);
    this.errorType = errorType.getName();
  }

  String errorType() {
    return errorType;
  }
}
