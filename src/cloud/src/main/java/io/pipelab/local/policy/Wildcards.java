package io.pipelab.local.policy;

import java.util.List;

/** IAM's patterns: {@code *} stands for any run of characters, {@code ?} for exactly one. */
final class Wildcards {
  private Wildcards() {}

  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      // The star comes first: a star in the text must not be taken for a literal one.
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /**
   * ARNs match colon by colon: a wildcard of one of the first five parts does not reach into the
   * next.
   */
  static boolean matchesArn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    List<String> patterns = List.of(pattern.split(":", 6));
    List<String> parts = List.of(arn.split(":", 6));
    if (patterns.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!matches(patterns.get(i), parts.get(i))) {
        return false;
      }
    }
    return true;
  }
}
