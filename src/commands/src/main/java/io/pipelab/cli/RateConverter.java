package io.pipelab.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Rates as people write them: {@code 50}, {@code 0.5/s}. */
final class RateConverter implements ITypeConverter<Double> {
  private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:/s)?");

  @Override
  public Double convert(String value) {
    Matcher matcher = TEXT.matcher(value);
    if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
      throw new TypeConversionException("'" + value + "' is not a rate like 50 or 50/s");
    }
    return Double.valueOf(matcher.group(1));
  }
}
