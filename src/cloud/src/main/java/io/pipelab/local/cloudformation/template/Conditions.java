package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Conditions section: which conditions hold, each computed once, when it is asked for. */
final class Conditions {
  private static final Set<String> FUNCTIONS =
      Set.of("Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not", "Condition");

  private final Map<String, JsonNode> declared;
  private final Resolver resolver;
  private final Map<String, Boolean> known = new HashMap<>();
  private final Set<String> computing = new HashSet<>();

  /**
   * The conditions of a template.
   *
   * @param resolver resolves operands; it knows parameters and mappings only
   */
  Conditions(Map<String, JsonNode> declared, Resolver resolver) {
    this.declared = declared;
    this.resolver = resolver;
  }

  static boolean isFunction(JsonNode node) {
    return node.isObject() && node.size() == 1 && FUNCTIONS.contains(node.fieldNames().next());
  }

  /**
   * The function of a condition.
   *
   * @throws io.pipelab.local.kernel.AwsError if the node is not a condition, or a misshapen one
   */
  static String functionOf(JsonNode node) {
    if (!isFunction(node)) {
      throw Invalid.format(
          "Conditions can only be boolean operations on parameters and other conditions");
    }
    String function = node.fieldNames().next();
    JsonNode argument = node.get(function);
    String wrong = wrong(function, argument);
    if (wrong != null) {
      throw Invalid.template(wrong);
    }
    return function;
  }

  private static @Nullable String wrong(String function, JsonNode argument) {
    int size = argument.isArray() ? argument.size() : -1;
    return switch (function) {
      case "Condition" -> argument.isTextual() ? null : "every Condition member must be a string.";
      case "Fn::Equals" ->
          size == 2 ? null : "every Fn::Equals object requires a list of 2 string parameters.";
      case "Fn::Not" ->
          size == 1 ? null : "every Fn::Not object requires a list of 1 boolean parameter.";
      default ->
          size >= 2 && size <= 10
              ? null
              : "every "
                  + function
                  + " object requires a list of at least 2 and at most 10 boolean parameters.";
    };
  }

  /** Whether the named condition holds. */
  boolean holds(String name) {
    Boolean value = known.get(name);
    if (value != null) {
      return value;
    }
    JsonNode condition = declared.get(name);
    if (condition == null) {
      throw Invalid.template("unresolved condition dependency " + name + " in Fn::If");
    }
    if (!computing.add(name)) {
      throw Invalid.format("Circular dependency between conditions: [" + name + "]");
    }
    boolean holds = evaluate(condition);
    known.put(name, holds);
    return holds;
  }

  private boolean evaluate(JsonNode node) {
    String function = functionOf(node);
    JsonNode argument = node.get(function);
    return switch (function) {
      case "Condition" -> holds(argument.asText());
      case "Fn::Equals" ->
          Values.same(resolver.resolve(argument.get(0)), resolver.resolve(argument.get(1)));
      case "Fn::Not" -> !evaluate(argument.get(0));
      case "Fn::And" -> all(argument, true);
      default -> !all(argument, false);
    };
  }

  private boolean all(JsonNode conditions, boolean wanted) {
    for (JsonNode each : conditions) {
      if (evaluate(each) != wanted) {
        return false;
      }
    }
    return true;
  }
}
