package io.pipelab.cli;

/** The other end of the pipe was closed, as behind {@code | head}: the command ends quietly. */
final class ReaderGone extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
