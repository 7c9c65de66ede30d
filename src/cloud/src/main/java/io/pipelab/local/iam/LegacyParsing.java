package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What IAM's older parser does not read: it comes after the shape and before everything else, and
 * says no more than "The policy failed legacy parsing".
 */
final class LegacyParsing {
  private static final Set<String> EFFECTS = Set.of("Allow", "Deny");

  /** The parts of a date and a time, of which all but the year may be missing. */
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(-?\\d+)?(?:-(\\d{1,2}))?(?:-(\\d{1,2}))?"
              + "(?:[tT](?:(\\d{1,2}))?(?::(\\d{1,2}))?(?::(\\d{1,2})(?:\\.(\\d{1,9}))?"
              + "(?:[zZ]|\\+(\\d{2})(?::(\\d{2}))?)?)?)?");

  /** The most that each part may be, in the order of the pattern's groups; months start at 1. */
  private static final long[] MOST = {292278993, 12, 31, 23, 59, 59, 999_999_999, 23, 59};

  private LegacyParsing() {}

  static boolean reads(JsonNode statement) {
    return EFFECTS.contains(statement.path("Effect").textValue())
        && statement.path("Condition").properties().stream().allMatch(LegacyParsing::readsDates);
  }

  /** ARNs of six parts, or shortened ones without an empty part; a service must be named. */
  static boolean readsResources(JsonNode statement) {
    return readsArns(PolicyShape.texts(statement.path("Resource")))
        && readsArns(PolicyShape.texts(statement.path("NotResource")));
  }

  private static boolean readsArns(List<String> arns) {
    return arns.stream().allMatch(LegacyParsing::readsArn);
  }

  private static boolean readsArn(String arn) {
    String[] parts = arn.split(":", -1);
    return arn.equals("*")
        || ((parts.length >= 6 || !arn.contains("::"))
            && (parts.length < 3 || !parts[2].isEmpty()));
  }

  private static boolean readsDates(Map.Entry<String, JsonNode> operator) {
    String name = operator.getKey().substring(operator.getKey().indexOf(':') + 1);
    return !name.startsWith("Date")
        || operator.getValue().properties().stream()
            .flatMap(key -> PolicyShape.texts(key.getValue()).stream())
            .allMatch(LegacyParsing::readsDate);
  }

  private static boolean readsDate(String date) {
    if (date.matches("\\d+")) {
      return date.length() < 19 || Long.toUnsignedString(Long.MAX_VALUE).compareTo(date) >= 0;
    }
    Matcher parts = DATE_TIME.matcher(date);
    return !date.isEmpty() && parts.matches() && isPossible(parts);
  }

  private static boolean isPossible(Matcher parts) {
    for (int i = 0; i < MOST.length; i++) {
      String part = parts.group(i + 1);
      boolean month = i == 1 || i == 2;
      if (part != null
          && (part.length() > 10
              || Long.parseLong(part) > MOST[i]
              || (month && Long.parseLong(part) < 1))) {
        return false;
      }
    }
    return true;
  }
}
