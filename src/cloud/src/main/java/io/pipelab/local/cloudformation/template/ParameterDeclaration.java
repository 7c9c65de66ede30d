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

  /** Whether Ref returns a list. */
  public boolean isList() {
    return type.equals("CommaDelimitedList") || type.startsWith("List<");
  }

  boolean isNumber() {
    return type.equals("Number") || type.equals("List<Number>");
  }
}
