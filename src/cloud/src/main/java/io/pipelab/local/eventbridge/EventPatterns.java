package io.pipelab.local.eventbridge;

import java.util.regex.Pattern;
import software.amazon.event.ruler.JsonRuleCompiler;

/** What AWS's matcher takes for a pattern. */
final class EventPatterns {
  /** What its parser says of a place in its own source. */
  private static final Pattern PLACE = Pattern.compile("\\s*at \\[Source: [^]]*]");

  private static final int MOST_CHARACTERS = 4096;

  private EventPatterns() {}

  /**
   * Lets a pattern pass.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidEventPatternException
   */
  static void check(String pattern) {
    if (pattern.length() > MOST_CHARACTERS) {
      throw Refusals.invalidPattern("Pattern is too long");
    }
    String wrong = JsonRuleCompiler.check(pattern);
    if (wrong != null) {
      throw Refusals.invalidPattern(PLACE.matcher(wrong).replaceAll("").strip());
    }
  }
}
