package io.pipelab.workflow.step;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names one run of something, so that its traces can be told from those of other runs. */
public final class RunId {
  /** Of what sends nothing that must be told from other runs. */
  public static final String NONE = "none";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunId() {}

  /** A name that no other run has: {@code 20261121-040512-3f9a2c}. */
  public static String fresh() {
    return TIME.format(Instant.now())
        + String.format(Locale.ROOT, "-%06x", RANDOM.nextInt(1 << 24));
  }
}
