package io.pipelab.cli;

import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.UnknownName;
import io.pipelab.report.ErrorLines;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place where an exception becomes words and an exit code. */
final class ErrorPresenter {
  private final PrintStream err;
  private final boolean debug;

  ErrorPresenter(PrintStream err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /**
   * Shows an error.
   *
   * @param target the target's name, for what services answer
   */
  ExitCode present(Throwable thrown, String target) {
    if (thrown instanceof Failure failure) {
      return show(failure, thrown);
    }
    if (thrown instanceof ManifestError error) {
      return show(error);
    }
    if (thrown instanceof UnknownName unknown) {
      return show(Failure.usage(String.valueOf(thrown.getMessage()), next(unknown)), thrown);
    }
    if (thrown instanceof UncheckedIOException io) {
      return show(fileTrouble(io), thrown);
    }
    if (thrown instanceof SdkException sdk) {
      return show(ServiceFailures.explain(sdk, target), thrown);
    }
    return bug(thrown);
  }

  private static String next(UnknownName unknown) {
    return switch (unknown.kind()) {
      case "lab" -> "'pipelab labs' lists them; --lab-dir DIR takes labs of your own";
      case "step", "phase", "parameter" ->
          "the lab has "
              + (unknown.known().isEmpty() ? "none" : String.join(", ", unknown.known()));
      default -> "fix it in the lab's lab.yaml";
    };
  }

  private static Failure fileTrouble(UncheckedIOException e) {
    IOException cause = e.getCause();
    String text = String.valueOf(cause);
    if (text.contains("No space left")) {
      return Failure.usage(
          e.getMessage() + " (" + text + ")", "the disk is full: make room, then try again");
    }
    String why =
        cause instanceof NoSuchFileException
            ? "it is not there"
            : cause instanceof AccessDeniedException ? "it may not be read" : text;
    return Failure.usage(e.getMessage() + ": " + why, "check the name and who may use it");
  }

  private ExitCode show(Failure failure, Throwable thrown) {
    ErrorLines.of(failure.what(), failure.why(), failure.next()).forEach(err::println);
    trace(thrown);
    return ExitCode.of(failure.kind());
  }

  /** All mistakes, however many: who writes a lab fixes them in one go. */
  private ExitCode show(ManifestError error) {
    List<Mistake> mistakes = error.mistakes();
    if (mistakes.size() == 1) {
      return show(Failure.usage(mistakes.get(0).toString(), "fix it there"), error);
    }
    err.println("pipelab: " + mistakes.size() + " mistakes");
    mistakes.forEach(mistake -> err.println("  " + mistake));
    err.println("  next: fix them there");
    trace(error);
    return ExitCode.of(Failure.Kind.USAGE);
  }

  private ExitCode bug(Throwable thrown) {
    ErrorLines.of(
            "this is a bug of pipelab: " + thrown.getClass().getSimpleName(),
            thrown.getMessage(),
            debug
                ? "report it with the stack trace below"
                : "run it again with --debug, and report it with the stack trace")
        .forEach(err::println);
    trace(thrown);
    return ExitCode.BUG;
  }

  private void trace(Throwable thrown) {
    if (debug) {
      thrown.printStackTrace(err);
    }
  }
}
