package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions that give values (AWS: intrinsic function reference), one constant each. */
enum Intrinsic {
  REF("Ref", 0, "Ref requires the name of a parameter or resource") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      return resolver.scope().ref(literal(argument));
    }
  },

  GET_ATT(
      "Fn::GetAtt",
      0,
      "every Fn::GetAtt object requires two non-empty parameters, the resource name and the"
          + " resource attribute") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      JsonNode pair = attributePair(argument);
      return resolver.scope().attribute(literal(pair.get(0)), text(pair.get(1), resolver));
    }
  },

  SUB(
      "Fn::Sub",
      0,
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string"
          + " as first argument, and an optional second argument to specify a mapping of values to"
          + " replace in the string") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      JsonNode text = argument.isArray() ? argument.path(0) : argument;
      JsonNode variables = argument.isArray() ? argument.path(1) : argument.path("none");
      StringBuilder result = new StringBuilder();
      for (SubText.Part part : SubText.parse(literal(text))) {
        result.append(part.variable() ? variable(part.text(), variables, resolver) : part.text());
      }
      return TextNode.valueOf(result.toString());
    }

    private String variable(String name, JsonNode variables, Resolver resolver) {
      JsonNode given = variables.get(name);
      int dot = name.indexOf('.');
      JsonNode value;
      if (given != null) {
        value = resolver.resolve(given);
      } else if (dot > 0) {
        value = resolver.scope().attribute(name.substring(0, dot), name.substring(dot + 1));
      } else {
        value = resolver.scope().ref(name);
      }
      if (!value.isValueNode()) {
        throw Invalid.template("Fn::Sub expression does not resolve to a string: ${" + name + "}");
      }
      return value.asText();
    }
  },

  JOIN(
      "Fn::Join",
      2,
      "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of"
          + " strings to be joined or a function that returns a list of strings (such as"
          + " Fn::GetAZs) to be joined.") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      String delimiter = text(argument.path(0), resolver);
      JsonNode list = resolver.resolve(argument.path(1));
      if (Unknown.in(list)) {
        return list;
      }
      StringBuilder result = new StringBuilder();
      String before = "";
      for (JsonNode each : requireList(list)) {
        result.append(before).append(literal(each));
        before = delimiter;
      }
      return TextNode.valueOf(result.toString());
    }
  },

  SELECT(
      "Fn::Select",
      2,
      "Fn::Select requires a list argument with two elements: an integer index and a list") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      int index;
      try {
        index = Integer.parseInt(text(argument.path(0), resolver));
      } catch (NumberFormatException e) {
        throw Invalid.template(
            "Fn::Select requires a list argument with a valid index value as its first element");
      }
      JsonNode list = resolver.resolve(argument.path(1));
      if (Unknown.in(list)) {
        return list;
      }
      JsonNode selected = requireList(list).get(index);
      if (selected == null) {
        throw Invalid.template("Fn::Select cannot select nonexistent value at index " + index);
      }
      return selected;
    }
  },

  SPLIT(
      "Fn::Split",
      2,
      "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to"
          + " be split or a function that returns a string to be split.") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      String delimiter = text(argument.path(0), resolver);
      String text = text(argument.path(1), resolver);
      if (text.contains(Unknown.TEXT)) {
        return Unknown.NODE;
      }
      if (delimiter.isEmpty()) {
        throw invalid();
      }
      return list(text.split(Pattern.quote(delimiter), -1));
    }
  },

  IF(
      "Fn::If",
      3,
      "Fn::If requires a list argument with three elements: a condition name and two values") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      return resolver.resolve(
          argument.path(resolver.scope().condition(literal(argument.path(0))) ? 1 : 2));
    }
  },

  FIND_IN_MAP(
      "Fn::FindInMap",
      3,
      "every Fn::FindInMap object requires three parameters, the map name, map key and the"
          + " attribute for return value") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      return resolver
          .scope()
          .mapping(
              text(argument.path(0), resolver),
              text(argument.path(1), resolver),
              text(argument.path(2), resolver));
    }
  },

  IMPORT_VALUE(
      "Fn::ImportValue", 0, "the attribute in Fn::ImportValue must be a string or a function") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      return resolver.scope().importValue(text(argument, resolver));
    }
  },

  GET_AZS("Fn::GetAZs", 0, "every Fn::GetAZs object must have a String-typed value.") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      String region = text(argument, resolver);
      return AvailabilityZones.of(region.isEmpty() ? resolver.scope().region() : region);
    }
  },

  BASE64("Fn::Base64", 0, "every Fn::Base64 object must have a String-typed value.") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      String text = text(argument, resolver);
      if (text.contains(Unknown.TEXT)) {
        return Unknown.NODE;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }
  },

  CIDR(
      "Fn::Cidr",
      0,
      "every Fn::Cidr object requires an IP block, a count and optionally the number of subnet"
          + " bits") {
    @Override
    JsonNode apply(JsonNode argument, Resolver resolver) {
      String block = text(argument.path(0), resolver);
      if (block.contains(Unknown.TEXT)) {
        return Unknown.NODE;
      }
      try {
        int count = Integer.parseInt(text(argument.path(1), resolver));
        int bits = argument.has(2) ? Integer.parseInt(text(argument.path(2), resolver)) : -1;
        return list(Cidr.subnets(block, count, bits).toArray(String[]::new));
      } catch (NumberFormatException e) {
        throw invalid();
      }
    }
  };

  private static final Map<String, Intrinsic> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(each -> each.function, Function.identity()));

  private final String function;
  private final int arity;
  private final String message;

  Intrinsic(String function, int arity, String message) {
    this.function = function;
    this.arity = arity;
    this.message = message;
  }

  /** The function's value for an argument that {@link #check} let pass. */
  abstract JsonNode apply(JsonNode argument, Resolver resolver);

  static @Nullable Intrinsic find(String function) {
    return BY_NAME.get(function);
  }

  static Intrinsic named(String function) {
    Intrinsic intrinsic = find(function);
    if (intrinsic == null) {
      throw Invalid.template("Unsupported function " + function);
    }
    return intrinsic;
  }

  /** Refuses an argument whose shape is wrong, before anything is resolved. */
  void check(JsonNode argument) {
    boolean sound =
        switch (this) {
          case REF -> argument.isTextual();
          case GET_ATT -> attributePair(argument).size() == 2;
          case SUB ->
              argument.isTextual()
                  || (argument.size() == 2
                      && argument.path(0).isTextual()
                      && argument.path(1).isObject());
          case CIDR -> argument.isArray() && (argument.size() == 2 || argument.size() == 3);
          default -> arity == 0 || (argument.isArray() && argument.size() == arity);
        };
    if (!sound) {
      throw invalid();
    }
  }

  RuntimeException invalid() {
    return Invalid.template(message);
  }

  /** A GetAtt argument as a list of resource and attribute, of whichever form it is. */
  static JsonNode attributePair(JsonNode argument) {
    if (argument.isTextual()) {
      return list(argument.textValue().split("\\.", 2));
    }
    // A list of more than two is a dotted attribute in pieces.
    boolean pieces = argument.isArray() && argument.size() > 2;
    for (JsonNode each : argument) {
      pieces &= each.isTextual();
    }
    return pieces ? attributePair(TextNode.valueOf(joined(argument))) : argument;
  }

  private static String joined(JsonNode pieces) {
    List<String> texts = new ArrayList<>();
    pieces.forEach(each -> texts.add(each.textValue()));
    return String.join(".", texts);
  }

  static ArrayNode list(String... texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (String text : texts) {
      array.add(text);
    }
    return array;
  }

  String text(JsonNode argument, Resolver resolver) {
    return literal(resolver.resolve(argument));
  }

  String literal(JsonNode value) {
    if (!value.isValueNode()) {
      throw invalid();
    }
    return value.asText();
  }

  JsonNode requireList(JsonNode value) {
    if (!value.isArray()) {
      throw invalid();
    }
    return value;
  }
}
