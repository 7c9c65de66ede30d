package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the Parameters section. */
final class ParameterReader {
  private static final int MAX_PARAMETERS = 200;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]{1,255}");
  private static final Set<String> MEMBERS =
      Set.of(
          "Type",
          "Default",
          "AllowedValues",
          "AllowedPattern",
          "MinLength",
          "MaxLength",
          "MinValue",
          "MaxValue",
          "Description",
          "ConstraintDescription",
          "NoEcho");
  private static final Set<String> TYPES =
      Set.of(
          "String",
          "Number",
          "CommaDelimitedList",
          "List<Number>",
          "List<String>",
          "AWS::SSM::Parameter::Name",
          "AWS::EC2::AvailabilityZone::Name",
          "AWS::EC2::Image::Id",
          "AWS::EC2::Instance::Id",
          "AWS::EC2::KeyPair::KeyName",
          "AWS::EC2::SecurityGroup::GroupName",
          "AWS::EC2::SecurityGroup::Id",
          "AWS::EC2::Subnet::Id",
          "AWS::EC2::Volume::Id",
          "AWS::EC2::VPC::Id",
          "AWS::Route53::HostedZone::Id");

  private final TemplateReader template;

  ParameterReader(TemplateReader template) {
    this.template = template;
  }

  Map<String, ParameterDeclaration> read(ObjectNode section) {
    if (section.size() > MAX_PARAMETERS) {
      throw Invalid.format(
          "Number of parameters, "
              + section.size()
              + ", is greater than maximum allowed, "
              + MAX_PARAMETERS);
    }
    Map<String, ParameterDeclaration> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : section.properties()) {
      parameters.put(member.getKey(), parameter(member.getKey(), member.getValue()));
    }
    return parameters;
  }

  private ParameterDeclaration parameter(String name, JsonNode node) {
    if (!NAME.matcher(name).matches()) {
      throw Invalid.format("Parameter name " + name + " is non alphanumeric.");
    }
    if (!node.isObject()) {
      throw Invalid.format("[/Parameters] Any Parameters member must be a JSON object.");
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw Invalid.format("Invalid template parameter property '" + member.getKey() + "'");
      }
    }
    ParameterDeclaration parameter =
        new ParameterDeclaration(
            name,
            type(node),
            text(node, "Default"),
            allowedValues(node),
            limits(name, node),
            text(node, "Description"),
            text(node, "ConstraintDescription"),
            Boolean.parseBoolean(text(node, "NoEcho")));
    checkLimitsFit(parameter);
    return parameter;
  }

  private static String type(JsonNode node) {
    String type = text(node, "Type");
    if (type == null) {
      throw Invalid.format("Every Parameters object must contain a Type member.");
    }
    String value = ParameterDeclaration.valueType(type);
    if (!TYPES.contains(value) && !TYPES.contains(elementType(value))) {
      throw Invalid.format("Unrecognized parameter type: " + type);
    }
    return type;
  }

  private static String elementType(String type) {
    return type.startsWith("List<AWS::") && type.endsWith(">")
        ? type.substring("List<".length(), type.length() - 1)
        : type;
  }

  private static List<String> allowedValues(JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : node.path("AllowedValues")) {
      values.add(value.asText());
    }
    if (node.has("AllowedValues") && values.isEmpty()) {
      throw Invalid.format("Every AllowedValues member must be a list with at least one value.");
    }
    return values;
  }

  private static ParameterDeclaration.Limits limits(String name, JsonNode node) {
    String pattern = text(node, "AllowedPattern");
    if (pattern != null) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw Invalid.template(
            "Parameter '" + name + "' AllowedPattern must be a valid regular expression.");
      }
    }
    return new ParameterDeclaration.Limits(
        pattern,
        length(name, node, "MinLength"),
        length(name, node, "MaxLength"),
        number(name, node, "MinValue"),
        number(name, node, "MaxValue"));
  }

  private static void checkLimitsFit(ParameterDeclaration parameter) {
    ParameterDeclaration.Limits limits = parameter.limits();
    boolean number = limits.minValue() != null || limits.maxValue() != null;
    boolean string =
        limits.minLength() != null || limits.maxLength() != null || limits.pattern() != null;
    if (number && !parameter.isNumber()) {
      throw Invalid.template(
          "Parameter '"
              + parameter.name()
              + "' MinValue and MaxValue must be on a parameter of type Number");
    }
    if (string && parameter.isNumber()) {
      throw Invalid.template(
          "Parameter '"
              + parameter.name()
              + "' MinLength, MaxLength and AllowedPattern must be on a parameter of type String");
    }
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode value = node.get(member);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode()) {
      throw Invalid.format("Every " + member + " member must be a string.");
    }
    return value.asText();
  }

  private static @Nullable BigDecimal number(String name, JsonNode node, String member) {
    String text = text(node, member);
    try {
      return text == null ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw Invalid.format(member + " of parameter '" + name + "' must be a number");
    }
  }

  private static @Nullable Integer length(String name, JsonNode node, String member) {
    BigDecimal number = number(name, node, member);
    return number == null ? null : number.intValue();
  }
}
