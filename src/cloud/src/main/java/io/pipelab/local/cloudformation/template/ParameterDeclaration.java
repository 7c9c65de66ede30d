package io.pipelab.local.cloudformation.template;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member of a template's Parameters section. */
public record ParameterDeclaration(
    String name,
    String type,
    @Nullable String defaultValue,
    List<String> allowedValues,
    Limits limits,
    @Nullable String description,
    @Nullable String constraintDescription,
    boolean noEcho) {

  /** What a value may be; null stands for no limit. */
  public record Limits(
      @Nullable String pattern,
      @Nullable Integer minLength,
      @Nullable Integer maxLength,
      @Nullable BigDecimal minValue,
      @Nullable BigDecimal maxValue) {}

  private static final String STORED = "AWS::SSM::Parameter::Value<";

  /** What Ref returns: the type itself, or the one in {@code AWS::SSM::Parameter::Value<...>}. */
  static String valueType(String type) {
    return type.startsWith(STORED) && type.endsWith(">")
        ? type.substring(STORED.length(), type.length() - 1)
        : type;
  }

  /** Whether the value names a parameter of Systems Manager, whose value Ref returns. */
  public boolean isStored() {
    return type.startsWith(STORED);
  }

  /** Whether Ref returns a list. */
  public boolean isList() {
    String returned = valueType(type);
    return returned.equals("CommaDelimitedList") || returned.startsWith("List<");
  }

  boolean isNumber() {
    return type.equals("Number") || type.equals("List<Number>");
  }
}
