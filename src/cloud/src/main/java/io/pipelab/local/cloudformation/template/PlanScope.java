package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** Names of one plan: parameters, pseudo parameters, mappings, conditions, and live resources. */
final class PlanScope implements Scope {
  private final Plan plan;
  private final ResourceValues live;
  private final Function<String, JsonNode> exports;

  PlanScope(Plan plan, ResourceValues live, Function<String, JsonNode> exports) {
    this.plan = plan;
    this.live = live;
    this.exports = exports;
  }

  /** Names that mean something before any resource exists. */
  PlanScope(Plan plan) {
    this(plan, new NoResources(), name -> unresolved(name));
  }

  @Override
  public JsonNode ref(String name) {
    ParameterDeclaration parameter = plan.template().parameters().get(name);
    String value = plan.value(name);
    if (parameter != null && value != null) {
      return ParameterValues.node(parameter, value);
    }
    return PseudoParameters.NAMES.contains(name) ? plan.pseudo().value(name) : live.ref(name);
  }

  @Override
  public JsonNode attribute(String logicalId, String attribute) {
    return live.attribute(logicalId, attribute);
  }

  @Override
  public boolean condition(String name) {
    return plan.condition(name);
  }

  @Override
  public JsonNode mapping(String map, String row, String cell) {
    JsonNode rows = plan.template().mappings().path(map);
    if (rows.isMissingNode()) {
      throw Invalid.template(
          "Mapping named '" + map + "' is not present in the 'Mappings' section of template.");
    }
    JsonNode value = rows.path(row).path(cell);
    if (value.isMissingNode()) {
      throw Invalid.template("Unable to get mapping for " + map + "::" + row + "::" + cell);
    }
    return value;
  }

  @Override
  public JsonNode importValue(String exportName) {
    return exports.apply(exportName);
  }

  @Override
  public String region() {
    return plan.pseudo().region();
  }

  private static JsonNode unresolved(String name) {
    throw Invalid.template(name + " cannot be used here: it has no value before resources exist");
  }

  /** Conditions and import names may not refer to resources. */
  private record NoResources() implements ResourceValues {
    @Override
    public JsonNode ref(String logicalId) {
      return unresolved(logicalId);
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) {
      return unresolved(logicalId + "." + attribute);
    }
  }
}
