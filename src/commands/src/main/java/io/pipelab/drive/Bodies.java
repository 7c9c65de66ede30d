package io.pipelab.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Room for what each message carries beside its body. */
  private static final int ATTRIBUTE_BYTES = 1024;

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
   * @param mostBytes the longest message that the queue takes, attributes included
   * @throws IllegalArgumentException when the file has no line, one that is too long, or is no
   *     UTF-8 text
   */
  public static LongFunction<String> lines(Path file, int mostBytes) {
    List<String> all;
    try {
      all = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(file + " is not a UTF-8 text", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (String line : all) {
      number++;
      int bytes = line.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > mostBytes - ATTRIBUTE_BYTES) {
        throw new IllegalArgumentException(
            "line %d of %s is too long for a message: %d bytes; the queue takes %d"
                .formatted(number, file, bytes, mostBytes - ATTRIBUTE_BYTES));
      }
      if (!line.isBlank()) {
        lines.add(line);
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(file + " has no line with a body");
    }
    return index -> lines.get((int) (index % lines.size()));
  }
}
