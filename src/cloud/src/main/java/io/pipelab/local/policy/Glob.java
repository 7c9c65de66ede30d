package io.pipelab.local.policy;

import java.util.Arrays;

/**
 * A pattern of IAM, ready to be matched: {@code *} stands for any run of characters, {@code ?} for
 * exactly one. Marked characters are literal, whatever they are: what a policy variable stood for
 * ({@code ${*}}, {@code ${aws:username}}) is never a wildcard.
 */
final class Glob {
  private static final char ANY_RUN = '\uFFFF';
  private static final char ANY_ONE = '\uFFFE';

  private final char[] pattern;

  private Glob(char[] pattern) {
    this.pattern = pattern;
  }

  static Glob of(String pattern) {
    return new Builder().pattern(pattern).build();
  }

  /** The text itself, without wildcards. */
  static Glob literal(String text) {
    return new Builder().literal(text).build();
  }

  boolean matches(String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (p < pattern.length && pattern[p] == ANY_RUN) {
        star = p++;
        retry = t;
      } else if (p < pattern.length && (pattern[p] == ANY_ONE || pattern[p] == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == ANY_RUN) {
      p++;
    }
    return p == pattern.length;
  }

  /**
   * ARNs of conditions match colon by colon: a wildcard of one of the first five parts does not
   * reach into the next (IAM User Guide, "ARN condition operators").
   */
  boolean matchesArn(String arn) {
    if (pattern.length == 1 && pattern[0] == ANY_RUN) {
      return true;
    }
    int from = 0;
    int textFrom = 0;
    for (int part = 0; part < 5; part++) {
      int to = colon(from);
      int textTo = arn.indexOf(':', textFrom);
      if (to < 0 || textTo < 0 || !part(from, to).matches(arn.substring(textFrom, textTo))) {
        return false;
      }
      from = to + 1;
      textFrom = textTo + 1;
    }
    return part(from, pattern.length).matches(arn.substring(textFrom));
  }

  private int colon(int from) {
    for (int i = from; i < pattern.length; i++) {
      if (pattern[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private Glob part(int from, int to) {
    return new Glob(Arrays.copyOfRange(pattern, from, to));
  }

  /** Puts a pattern together from pieces with and without wildcards. */
  static final class Builder {
    private final StringBuilder chars = new StringBuilder();

    Builder pattern(String piece) {
      for (int i = 0; i < piece.length(); i++) {
        char c = piece.charAt(i);
        chars.append(c == '*' ? ANY_RUN : c == '?' ? ANY_ONE : c);
      }
      return this;
    }

    Builder literal(String piece) {
      chars.append(piece);
      return this;
    }

    Glob build() {
      return new Glob(chars.toString().toCharArray());
    }
  }
}
