package io.pipelab.lab.template;

import io.pipelab.lab.NearestName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that a template declares.
 *
 * @param resources what Fn::GetAtt may ask each resource for; empty when that is not known
 */
record TemplateNames(
    Set<String> parameters,
    Map<String, Optional<Set<String>>> resources,
    Set<String> conditions,
    Set<String> mappings) {
  private static final Set<String> PSEUDO =
      Set.of(
          "AWS::AccountId",
          "AWS::NoValue",
          "AWS::NotificationARNs",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");

  /** What is wrong with a name that Ref asks for. */
  Optional<String> wrongRef(String name) {
    if (parameters.contains(name) || resources.containsKey(name) || PSEUDO.contains(name)) {
      return Optional.empty();
    }
    Set<String> all = new TreeSet<>(parameters);
    all.addAll(resources.keySet());
    all.addAll(PSEUDO);
    return Optional.of("there is no parameter or resource \"" + name + "\"" + near(name, all));
  }

  /** What is wrong with a name that a condition asks for: it knows no resources. */
  Optional<String> wrongParameter(String name) {
    return parameters.contains(name) || PSEUDO.contains(name)
        ? Optional.empty()
        : Optional.of("there is no parameter \"" + name + "\"" + near(name, parameters));
  }

  /** What is wrong with a resource's id. */
  Optional<String> wrongResource(String id) {
    return resources.containsKey(id)
        ? Optional.empty()
        : Optional.of("there is no resource \"" + id + "\"" + near(id, resources.keySet()));
  }

  /** What is wrong with what Fn::GetAtt asks for. */
  Optional<String> wrongAttribute(String id, String attribute) {
    Optional<String> wrong = wrongResource(id);
    if (wrong.isPresent()) {
      return wrong;
    }
    return resources
        .getOrDefault(id, Optional.empty())
        .filter(known -> !known.contains(attribute))
        .map(
            known ->
                "the embedded cloud gives "
                    + id
                    + " no attribute \""
                    + attribute
                    + "\""
                    + NearestName.hint(attribute, known));
  }

  /** What is wrong with a condition's name. */
  Optional<String> wrongCondition(String name) {
    return conditions.contains(name)
        ? Optional.empty()
        : Optional.of("there is no condition \"" + name + "\"" + near(name, conditions));
  }

  /** What is wrong with a mapping's name. */
  Optional<String> wrongMapping(String name) {
    return mappings.contains(name)
        ? Optional.empty()
        : Optional.of("there is no mapping \"" + name + "\"" + near(name, mappings));
  }

  private static String near(String name, Set<String> known) {
    return NearestName.of(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }
}
