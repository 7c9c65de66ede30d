package io.pipelab.local.rds;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that RDS takes and makes. */
final class Identifiers {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z](?:-?[a-zA-Z0-9])*");
  private static final int LONGEST = 63;
  private static final int LONGEST_SNAPSHOT = 255;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Identifiers() {}

  /** An instance's identifier, in lower case as RDS keeps it. */
  static String instance(@Nullable String text) {
    return valid("DBInstanceIdentifier", text, LONGEST);
  }

  /** A snapshot's identifier, in lower case. */
  static String snapshot(String parameter, @Nullable String text) {
    return valid(parameter, text, LONGEST_SNAPSHOT);
  }

  private static String valid(String parameter, @Nullable String text, int longest) {
    if (text == null || text.isBlank()) {
      throw RdsErrors.missing(parameter);
    }
    if (text.length() > longest || !NAME.matcher(text).matches()) {
      throw RdsErrors.value(
          "The parameter "
              + parameter
              + " is not a valid identifier. Identifiers must begin with a letter; must contain"
              + " only ASCII letters, digits, and hyphens; and must not end with a hyphen or"
              + " contain two consecutive hyphens.");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** An instance's id that no other ever has, {@code db-...}. */
  static String resource() {
    StringBuilder id = new StringBuilder("db-");
    for (int i = 0; i < 26; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
