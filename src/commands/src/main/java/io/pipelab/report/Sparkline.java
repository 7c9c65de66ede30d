package io.pipelab.report;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values as one line of bars, from zero to the greatest of them; a dot where there is none. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final char NONE = '·';

  private Sparkline() {}

  static String of(List<@Nullable Double> values) {
    double greatest =
        values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (Double value : values) {
      line.append(value == null ? NONE : bar(value, greatest));
    }
    return line.toString();
  }

  /** The lowest bar is zero's alone: what is more than nothing shall be seen. */
  private static char bar(double value, double greatest) {
    if (value <= 0 || greatest <= 0) {
      return BARS.charAt(0);
    }
    int highest = BARS.length() - 1;
    return BARS.charAt(Math.max(1, (int) Math.round(value / greatest * highest)));
  }
}
