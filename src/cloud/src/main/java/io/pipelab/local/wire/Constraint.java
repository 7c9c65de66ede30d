package io.pipelab.local.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What a shape of a model may be.
 *
 * @param bounds {@code length} or {@code value}: what the least and the most are about
 * @param values an enumeration's, in the model's order; empty for any
 * @param sensitive whether no error shows the value
 */
record Constraint(
    String bounds,
    @Nullable BigDecimal least,
    @Nullable BigDecimal most,
    List<String> values,
    @Nullable Pattern pattern,
    boolean sensitive) {

  /** Reads {@code length=1..64 enum=A,B sensitive pattern=...}; a pattern ends the line. */
  static Constraint parse(String words) {
    String bounds = "length";
    BigDecimal least = null;
    BigDecimal most = null;
    List<String> values = List.of();
    int cut = words.indexOf("pattern=");
    Pattern pattern = cut < 0 ? null : Pattern.compile(words.substring(cut + "pattern=".length()));
    String plain = cut < 0 ? words : words.substring(0, cut);
    for (String word : plain.strip().split(" ")) {
      String[] parts = word.split("=", 2);
      if (parts[0].equals("enum")) {
        values = List.of(parts[1].split(","));
      } else if (parts.length == 2) {
        bounds = parts[0].equals("range") ? "value" : "length";
        int dots = parts[1].indexOf("..");
        least = number(parts[1].substring(0, dots));
        most = number(parts[1].substring(dots + 2));
      }
    }
    boolean sensitive = Arrays.asList(plain.split(" ")).contains("sensitive");
    return new Constraint(bounds, least, most, values, pattern, sensitive);
  }

  private static @Nullable BigDecimal number(String text) {
    return text.isEmpty() ? null : new BigDecimal(text);
  }

  /** What AWS says of a value that breaks it; nothing for one that does not. */
  List<String> broken(Object value) {
    List<String> broken = new ArrayList<>();
    BigDecimal size = size(value);
    if (size != null && most != null && size.compareTo(most) > 0) {
      broken.add(mostWords());
    }
    if (size != null && least != null && size.compareTo(least) < 0) {
      broken.add(leastWords());
    }
    if (value instanceof String text) {
      if (pattern != null && !pattern.matcher(text).matches()) {
        broken.add(patternWords());
      }
      if (!values.isEmpty() && !values.contains(text)) {
        broken.add(valuesWords());
      }
    }
    return broken;
  }

  /** All that it demands, as AWS says it of a list's items. */
  String demands() {
    List<String> all = new ArrayList<>();
    if (most != null) {
      all.add(mostWords());
    }
    if (least != null) {
      all.add(leastWords());
    }
    if (pattern != null) {
      all.add(patternWords());
    }
    if (!values.isEmpty()) {
      all.add(valuesWords());
    }
    return "[" + String.join(", ", all) + "]";
  }

  private @Nullable BigDecimal size(Object value) {
    if (bounds.equals("value")) {
      return value instanceof Number ? new BigDecimal(value.toString()) : null;
    } else if (value instanceof String text) {
      return BigDecimal.valueOf(text.length());
    } else if (value instanceof Collection<?> list) {
      return BigDecimal.valueOf(list.size());
    } else if (value instanceof Map<?, ?> map) {
      return BigDecimal.valueOf(map.size());
    }
    return value instanceof SdkBytes bytes
        ? BigDecimal.valueOf(bytes.asByteArrayUnsafe().length)
        : null;
  }

  private String mostWords() {
    return "Member must have " + bounds + " less than or equal to " + most;
  }

  private String leastWords() {
    return "Member must have " + bounds + " greater than or equal to " + least;
  }

  private String patternWords() {
    return "Member must satisfy regular expression pattern: " + pattern;
  }

  private String valuesWords() {
    return "Member must satisfy enum value set: " + values;
  }
}
