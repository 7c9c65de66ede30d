package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.AwsError;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statistic by the name that CloudWatch gives it: {@code Sum}, {@code Average}, {@code Minimum},
 * {@code Maximum}, {@code SampleCount}, or a percentile such as {@code p99.9}.
 */
record Stat(String name, Function<StatisticSet, @Nullable Double> of) {
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{0,10})?|100)");

  /** CloudWatch's other statistics: trimmed means and counts, winsorized mean, percentile rank. */
  private static final Pattern OTHER =
      Pattern.compile("(tm|tc|ts|wm)\\d.*|(TM|TC|TS|WM|PR)\\(.*\\)|IQM");

  /** Reads a statistic of either kind, or nothing when the text is none. */
  static Optional<Stat> parse(String text) {
    return switch (text) {
      case "Sum" -> Optional.of(new Stat(text, StatisticSet::sum));
      case "Average" -> Optional.of(new Stat(text, StatisticSet::average));
      case "Minimum" -> Optional.of(new Stat(text, StatisticSet::min));
      case "Maximum" -> Optional.of(new Stat(text, StatisticSet::max));
      case "SampleCount" -> Optional.of(new Stat(text, StatisticSet::count));
      default -> percentile(text);
    };
  }

  /** Reads a percentile, or nothing when the text is none. */
  static Optional<Stat> percentile(String text) {
    Matcher matcher = PERCENTILE.matcher(text);
    if (matcher.matches()) {
      double percent = Double.parseDouble(matcher.group(1));
      return Optional.of(new Stat(text, set -> set.percentile(percent)));
    }
    if (OTHER.matcher(text).matches()) {
      throw AwsError.notImplemented("the CloudWatch statistic " + text);
    }
    return Optional.empty();
  }

  /** The statistic of a set; null when it cannot be known. */
  @Nullable Double value(@Nullable StatisticSet set) {
    return set == null ? null : of.apply(set);
  }
}
