package io.pipelab.verify.check.policy;

import java.util.regex.Pattern;

/** The wildcards of policies: {@code *} for any text, {@code ?} for one character. */
public final class Wildcards {
  private Wildcards() {}

  /** Whether a text is what a pattern means; actions are compared without regard to case. */
  public static boolean match(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(text)
        .matches();
  }
}
