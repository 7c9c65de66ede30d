package io.pipelab.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/** What to tell of an embedded cloud that ended without having been stopped. */
public final class CloudEnd {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The JVM's own last line (HotSpot, {@code -XX:+ExitOnOutOfMemoryError}). */
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  private CloudEnd() {}

  /** Of a cloud that a command finds gone. */
  public static String text(CloudState gone) {
    return "the embedded cloud that ran since "
        + TIME.format(
            gone.startedAt().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()))
        + " is gone without having been stopped"
        + (ranOutOfMemory(gone.log()) ? ", because it ran out of memory" : "")
        + "; its labs are gone with it";
  }

  /** Why a command cannot go on whose cloud ended while it worked. */
  public static Failure duringUse(CloudState cloud) {
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud (process " + cloud.pid() + ") has ended while this command used it",
        (ranOutOfMemory(cloud.log())
                ? "it ran out of memory"
                : "it was stopped or killed, or it crashed")
            + "; its labs are gone with it",
        "'pipelab up' starts a new one and sets up the lab");
  }

  private static boolean ranOutOfMemory(Path log) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.contains(OUT_OF_MEMORY));
    } catch (IOException | UncheckedIOException e) {
      return false; // without its log nobody knows why it ended
    }
  }
}
