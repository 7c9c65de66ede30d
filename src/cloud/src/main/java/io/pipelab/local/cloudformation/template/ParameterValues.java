package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ParameterStore;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The values that a stack's parameters have, checked against their declarations. */
public final class ParameterValues {
  private ParameterValues() {}

  /**
   * Fills in defaults and checks the constraints.
   *
   * @param given values by parameter name
   * @throws AwsError ValidationError with AWS's message
   */
  public static Map<String, String> of(Template template, Map<String, String> given) {
    Collection<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(template.parameters().keySet());
    if (!unknown.isEmpty()) {
      throw Invalid.request("Parameters: " + unknown + " do not exist in the template");
    }
    Collection<String> missing = new TreeSet<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (ParameterDeclaration parameter : template.parameters().values()) {
      String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
      if (value == null) {
        missing.add(parameter.name());
      } else {
        values.put(parameter.name(), value);
      }
    }
    if (!missing.isEmpty()) {
      throw Invalid.request("Parameters: " + missing + " must have values");
    }
    for (ParameterDeclaration parameter : template.parameters().values()) {
      check(parameter, values.getOrDefault(parameter.name(), ""));
    }
    return values;
  }

  /**
   * The values behind parameters of the types {@code AWS::SSM::Parameter::Value<...>}, by the names
   * of the template's parameters.
   *
   * @param given the names that they are stored under
   * @throws AwsError ValidationError for one that is not there, or is a SecureString
   */
  public static Map<String, String> stored(
      Template template, Map<String, String> given, ParameterStore store) {
    Map<String, String> stored = new LinkedHashMap<>();
    Collection<String> missing = new TreeSet<>();
    for (ParameterDeclaration parameter : template.parameters().values()) {
      String name = parameter.isStored() ? given.get(parameter.name()) : null;
      if (name != null) {
        Optional<ParameterStore.Value> found = store.find(name);
        if (found.isEmpty()) {
          missing.add(name);
        } else if (found.get().type().equals("SecureString")) {
          throw Invalid.request(
              "Parameters ["
                  + name
                  + "] referenced by template have types not supported by CloudFormation.");
        } else {
          stored.put(parameter.name(), found.get().text());
        }
      }
    }
    if (!missing.isEmpty()) {
      throw Invalid.request(
          "Unable to fetch parameters " + missing + " from parameter store for this account.");
    }
    return stored;
  }

  /** What Ref returns for the parameter. */
  static JsonNode node(ParameterDeclaration parameter, String value) {
    if (!parameter.isList()) {
      return TextNode.valueOf(value);
    }
    ArrayNode list = Intrinsic.list();
    elements(value).forEach(list::add);
    return list;
  }

  private static List<String> elements(String value) {
    return Pattern.compile(",").splitAsStream(value).map(String::trim).toList();
  }

  private static void check(ParameterDeclaration parameter, String value) {
    // The constraints of a stored parameter are on the name that it is stored under.
    boolean list = parameter.isList() && !parameter.isStored();
    for (String each : list ? elements(value) : List.of(value)) {
      if (!parameter.allowedValues().isEmpty() && !parameter.allowedValues().contains(each)) {
        throw refused(parameter, "must be one of AllowedValues");
      }
      ParameterDeclaration.Limits limits = parameter.limits();
      if (parameter.isNumber()) {
        checkNumber(parameter, limits, each);
      } else {
        checkText(parameter, limits, each);
      }
    }
  }

  private static void checkNumber(
      ParameterDeclaration parameter, ParameterDeclaration.Limits limits, String value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw Invalid.request("Parameter '" + parameter.name() + "' must be a number");
    }
    if (limits.minValue() != null && number.compareTo(limits.minValue()) < 0) {
      throw refused(parameter, "must be a number not less than " + limits.minValue());
    }
    if (limits.maxValue() != null && number.compareTo(limits.maxValue()) > 0) {
      throw refused(parameter, "must be a number not greater than " + limits.maxValue());
    }
  }

  private static void checkText(
      ParameterDeclaration parameter, ParameterDeclaration.Limits limits, String value) {
    if (limits.minLength() != null && value.length() < limits.minLength()) {
      throw refused(parameter, "must contain at least " + limits.minLength() + " characters");
    }
    if (limits.maxLength() != null && value.length() > limits.maxLength()) {
      throw refused(parameter, "must contain at most " + limits.maxLength() + " characters");
    }
    if (limits.pattern() != null && !value.matches(limits.pattern())) {
      throw refused(parameter, "must match pattern " + limits.pattern());
    }
  }

  private static AwsError refused(ParameterDeclaration parameter, String rule) {
    return Invalid.request(
        parameter.constraintDescription() == null
            ? "Parameter '" + parameter.name() + "' " + rule
            : "Parameter "
                + parameter.name()
                + " failed to satisfy constraint: "
                + parameter.constraintDescription());
  }
}
