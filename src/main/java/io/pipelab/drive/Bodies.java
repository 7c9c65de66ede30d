package io.pipelab.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/** Where message bodies come from, by the message's number within the load. */
public final class Bodies {
  /** The seed draws from 100000001 to 999999998; so many numbers are distinct. */
  private static final long FIRST = 100_000_001;

  private static final long RANGE = 999_999_998 - FIRST + 1;

  /** Prime to the range, so that steps of it visit every number once. */
  private static final long STRIDE = 618_033_989;

  private Bodies() {}

  /** Distinct decimal numbers of nine digits, in an order that looks random. */
  public static LongFunction<String> numbers(RandomGenerator random) {
    long start = random.nextLong(RANGE);
    return index -> String.valueOf(FIRST + Math.floorMod(start + index * STRIDE, RANGE));
  }

  /** Bodies that no consumer of numbers can process. */
  public static LongFunction<String> poison() {
    return index -> "poison-" + (index + 1);
  }

  /**
   * The lines of a file, over and over; empty lines are left out.
   *
   * @throws IllegalArgumentException when the file has no line, or is no UTF-8 text
   */
  public static LongFunction<String> lines(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(file + " is no UTF-8 text", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(file + " has no line with a body");
    }
    for (String line : lines) {
      if (line.getBytes(StandardCharsets.UTF_8).length > Batches.MOST_BYTES - 1024) {
        throw new IllegalArgumentException(file + " has a line that is too long for a message");
      }
    }
    return index -> lines.get((int) (index % lines.size()));
  }
}
