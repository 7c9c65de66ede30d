package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;

/**
 * Which events one notification configuration is for.
 *
 * @param types with the prefix {@code s3:} and perhaps a star behind
 */
record EventFilter(List<String> types, String prefix, String suffix) {

  /**
   * Reads a configuration's events and filter.
   *
   * @throws AwsError InvalidArgument
   */
  static EventFilter of(List<String> types, @Nullable NotificationConfigurationFilter filter) {
    String prefix = "";
    String suffix = "";
    List<FilterRule> rules =
        filter == null || filter.key() == null ? List.of() : filter.key().filterRules();
    for (FilterRule rule : rules) {
      String value = rule.value() == null ? "" : rule.value();
      switch (String.valueOf(rule.nameAsString()).toLowerCase(Locale.ROOT)) {
        case "prefix" -> prefix = value;
        case "suffix" -> suffix = value;
        default ->
            throw AwsError.badRequest(
                "InvalidArgument", "filter rule name must be either prefix or suffix");
      }
    }
    for (String type : types) {
      if (!type.startsWith("s3:")) {
        throw AwsError.badRequest("InvalidArgument", "The event '" + type + "' is not supported");
      }
    }
    return new EventFilter(types, prefix, suffix);
  }

  /** Whether it is for an event of that name, without {@code s3:}, about that key. */
  boolean matches(String event, String key) {
    return key.startsWith(prefix)
        && key.endsWith(suffix)
        && types.stream().anyMatch(type -> covers(type, "s3:" + event));
  }

  private static boolean covers(String type, String event) {
    return type.endsWith("*")
        ? event.startsWith(type.substring(0, type.length() - 1))
        : type.equals(event);
  }

  /** Whether an object could exist whose event both would be told of. */
  boolean overlaps(EventFilter other) {
    boolean sameType =
        types.stream()
            .anyMatch(
                mine ->
                    other.types.stream()
                        .anyMatch(theirs -> covers(mine, theirs) || covers(theirs, mine)));
    boolean samePrefix = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
    boolean sameSuffix = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
    return sameType && samePrefix && sameSuffix;
  }
}
