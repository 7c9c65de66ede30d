package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A template with values for its parameters: exactly which resources and outputs should exist. */
public final class Plan {
  private final Template template;
  private final Map<String, String> parameters;
  private final Map<String, String> stored;
  private final PseudoParameters pseudo;
  private final Conditions conditions;
  private final Map<String, ResourceDeclaration> resources = new LinkedHashMap<>();
  private final Map<String, OutputDeclaration> outputs = new LinkedHashMap<>();
  private final Graph graph;

  /**
   * Decides the conditions and orders the resources.
   *
   * @param parameters from {@link ParameterValues}
   * @param stored the values of those that are names of stored parameters
   * @throws io.pipelab.local.kernel.AwsError ValidationError for a circular dependency, or a
   *     reference to a resource that is left out by its condition
   */
  public Plan(
      Template template,
      Map<String, String> parameters,
      Map<String, String> stored,
      PseudoParameters pseudo) {
    this.template = template;
    this.parameters = Map.copyOf(parameters);
    this.stored = Map.copyOf(stored);
    this.pseudo = pseudo;
    Resolver resolver = new Resolver(new PlanScope(this));
    new Rules(template.rules(), resolver).check();
    this.conditions = new Conditions(template.conditions(), resolver);
    template.conditions().keySet().forEach(conditions::holds);
    template.resources().values().stream()
        .filter(each -> each.condition() == null || conditions.holds(each.condition()))
        .forEach(each -> resources.put(each.logicalId(), each));
    template.outputs().values().stream()
        .filter(each -> each.condition() == null || conditions.holds(each.condition()))
        .forEach(each -> outputs.put(each.name(), each));
    this.graph = order();
    checkOutputs();
  }

  private Graph order() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (ResourceDeclaration resource : resources.values()) {
      Set<String> before = referencesOf(resource.properties(), "Resources");
      resource.dependsOn().stream().filter(resources::containsKey).forEach(before::add);
      needs.put(resource.logicalId(), before);
    }
    Graph order = Graph.of(needs);
    Set<String> cycle = order.cycle();
    if (!cycle.isEmpty()) {
      throw Invalid.request("Circular dependency between resources: " + cycle);
    }
    return order;
  }

  private void checkOutputs() {
    outputs.values().forEach(output -> referencesOf(output.value(), "Outputs"));
  }

  /** The resources that the taken branches of a value refer to. */
  private Set<String> referencesOf(JsonNode value, String block) {
    Set<String> ids = new LinkedHashSet<>();
    new References(
            conditions::holds,
            (reference, path) -> {
              if (reference instanceof Reference.Attribute attribute) {
                ids.add(attribute.logicalId());
              } else if (reference instanceof Reference.Name name
                  && template.resources().containsKey(name.name())
                  && !template.parameters().containsKey(name.name())) {
                ids.add(name.name());
              }
            })
        .walk(value, "");
    Set<String> absent = new LinkedHashSet<>(ids);
    absent.removeAll(resources.keySet());
    if (!absent.isEmpty()) {
      throw Invalid.format(
          "Unresolved resource dependencies "
              + absent
              + " in the "
              + block
              + " block of the template");
    }
    return ids;
  }

  public Template template() {
    return template;
  }

  /** Every parameter's value, secrets included. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** The values of parameters that are names of stored ones, by the parameters' own names. */
  public Map<String, String> stored() {
    return stored;
  }

  /** What Ref returns for a parameter, as text; null for one that is none. */
  @Nullable String value(String parameter) {
    return stored.getOrDefault(parameter, parameters.get(parameter));
  }

  /** The resources whose condition holds. */
  public Map<String, ResourceDeclaration> resources() {
    return resources;
  }

  /** The outputs whose condition holds. */
  public Map<String, OutputDeclaration> outputs() {
    return outputs;
  }

  /** The order of the resources. */
  public Graph graph() {
    return graph;
  }

  /** The names of all exports that the resources and outputs import. */
  public Set<String> imports() {
    Resolver resolver = new Resolver(new PlanScope(this));
    Set<String> names = new LinkedHashSet<>();
    References references =
        new References(
            conditions::holds,
            (reference, path) -> {
              if (reference instanceof Reference.Import name) {
                names.add(Intrinsic.IMPORT_VALUE.text(name.name(), resolver));
              }
            });
    resources.values().forEach(each -> references.walk(each.properties(), ""));
    outputs.values().forEach(each -> references.walk(each.value(), ""));
    return names;
  }

  /** Resolves a value of the template with the resources as they stand. */
  public JsonNode resolve(JsonNode value, ResourceValues live, Function<String, JsonNode> exports) {
    return new Resolver(new PlanScope(this, live, exports)).resolve(value);
  }

  /** Resolves a resource's properties with the resources as they stand. */
  public ObjectNode properties(
      ResourceDeclaration resource, ResourceValues live, Function<String, JsonNode> exports) {
    return new Resolver(new PlanScope(this, live, exports)).resolveMembers(resource.properties());
  }

  /** The parameters, resources and attributes ({@code X.Arn}) that a value refers to. */
  public Set<String> references(JsonNode value) {
    Set<String> names = new LinkedHashSet<>();
    new References(
            conditions::holds,
            (reference, path) -> {
              if (reference instanceof Reference.Name name) {
                names.add(name.name());
              } else if (reference instanceof Reference.Attribute attribute) {
                names.add(attribute.logicalId() + "." + attribute.attribute());
              }
            })
        .walk(value, "");
    return names;
  }

  boolean condition(String name) {
    return conditions.holds(name);
  }

  PseudoParameters pseudo() {
    return pseudo;
  }
}
