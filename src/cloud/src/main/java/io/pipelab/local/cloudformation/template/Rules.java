package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The Rules section: what parameters' values must be together. CDK's templates have one on the
 * version of the bootstrap stack (AWS: "CloudFormation template Rules syntax").
 */
final class Rules {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Fn::And",
          "Fn::Or",
          "Fn::Not",
          "Fn::Equals",
          "Fn::Contains",
          "Fn::EachMemberEquals",
          "Fn::EachMemberIn");

  /** They look parameters up by their AWS-specific types, of which nothing is known here. */
  private static final Set<String> UNSUPPORTED =
      Set.of("Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll");

  private final Map<String, JsonNode> rules;
  private final Resolver resolver;

  /**
   * The rules of a template.
   *
   * @param resolver knows parameters and mappings only
   */
  Rules(Map<String, JsonNode> rules, Resolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  /**
   * Refuses a misshapen rule, and notes functions that are not implemented.
   *
   * @throws AwsError ValidationError
   */
  static void checkShape(String name, JsonNode rule, ReferenceCheck.Unsupported unsupported) {
    JsonNode assertions = rule.path("Assertions");
    if (!assertions.isArray() || assertions.isEmpty()) {
      throw Invalid.format("Rules member " + name + " must have a list of Assertions.");
    }
    if (rule.has("RuleCondition")) {
      checkFunction(rule.get("RuleCondition"), "Rules/" + name + "/RuleCondition", unsupported);
    }
    for (JsonNode each : assertions) {
      checkFunction(each.path("Assert"), "Rules/" + name + "/Assertions", unsupported);
    }
  }

  private static void checkFunction(
      JsonNode node, String path, ReferenceCheck.Unsupported unsupported) {
    String function = node.isObject() && node.size() == 1 ? node.fieldNames().next() : "";
    JsonNode arguments = node.path(function);
    if (!FUNCTIONS.contains(function)) {
      throw Invalid.format("Rules can only be boolean operations on parameters: " + node);
    }
    boolean combines = Set.of("Fn::And", "Fn::Or", "Fn::Not").contains(function);
    boolean sound =
        switch (function) {
          case "Fn::Not" -> arguments.size() == 1;
          case "Fn::And", "Fn::Or" -> arguments.size() >= 2 && arguments.size() <= 10;
          default -> arguments.size() == 2;
        };
    if (!arguments.isArray() || !sound) {
      throw Invalid.template("every " + function + " object requires a list of its parameters.");
    }
    for (JsonNode each : arguments) {
      if (combines) {
        checkFunction(each, path, unsupported);
      }
      UNSUPPORTED.stream()
          .filter(each::has)
          .forEach(one -> unsupported.note("function " + one, path.split("/")));
    }
  }

  /**
   * Checks every rule whose condition holds.
   *
   * @throws AwsError ValidationError with the assertion's description; how AWS frames it was not
   *     found
   */
  void check() {
    for (Map.Entry<String, JsonNode> rule : rules.entrySet()) {
      JsonNode condition = rule.getValue().get("RuleCondition");
      if (condition == null || holds(condition)) {
        for (JsonNode each : rule.getValue().path("Assertions")) {
          if (!holds(each.path("Assert"))) {
            throw Invalid.template(
                "Rule "
                    + rule.getKey()
                    + " is not fulfilled: "
                    + each.path("AssertDescription").asText());
          }
        }
      }
    }
  }

  private boolean holds(JsonNode node) {
    String function = node.fieldNames().next();
    JsonNode arguments = node.get(function);
    return switch (function) {
      case "Fn::And" -> all(arguments, true);
      case "Fn::Or" -> !all(arguments, false);
      case "Fn::Not" -> !holds(arguments.get(0));
      case "Fn::Equals" ->
          Values.same(resolver.resolve(arguments.get(0)), resolver.resolve(arguments.get(1)));
      case "Fn::Contains" -> {
        JsonNode value = resolver.resolve(arguments.get(1));
        yield members(arguments.get(0)).stream().anyMatch(each -> Values.same(each, value));
      }
      case "Fn::EachMemberEquals" -> each(arguments, Values::same);
      default -> each(arguments, (member, among) -> anyOf(among, member));
    };
  }

  private boolean all(JsonNode conditions, boolean wanted) {
    for (JsonNode each : conditions) {
      if (holds(each) != wanted) {
        return false;
      }
    }
    return true;
  }

  private boolean each(JsonNode arguments, BiPredicate<JsonNode, JsonNode> matches) {
    JsonNode second = resolver.resolve(arguments.get(1));
    return members(arguments.get(0)).stream().allMatch(member -> matches.test(member, second));
  }

  private static boolean anyOf(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (Values.same(each, value)) {
        return true;
      }
    }
    return false;
  }

  private List<JsonNode> members(JsonNode list) {
    List<JsonNode> members = new ArrayList<>();
    resolver.resolve(list).forEach(members::add);
    return members;
  }
}
