package io.pipelab.lab.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the embedded cloud implements of a service.
 *
 * @param types its CloudFormation types by their names
 */
public record EmbeddedService(
    String name, List<EmbeddedActions.Action> actions, Map<String, EmbeddedTypes.Type> types) {

  /** All services, sorted by name. */
  public static List<EmbeddedService> all() {
    EmbeddedTypes types = EmbeddedTypes.read();
    return EmbeddedActions.SERVICES.stream()
        .map(
            name ->
                new EmbeddedService(
                    name, EmbeddedActions.of(name).orElseThrow(), typesOf(name, types)))
        .toList();
  }

  /**
   * {@code AWS::SQS::Queue} is one of sqs; CDK is no service, and CloudFormation takes its type.
   */
  private static Map<String, EmbeddedTypes.Type> typesOf(String service, EmbeddedTypes types) {
    Map<String, EmbeddedTypes.Type> found = new TreeMap<>(types.byName());
    found.keySet().removeIf(type -> !serviceOf(type).equals(service));
    return found;
  }

  private static String serviceOf(String type) {
    String word = type.split("::")[1].toLowerCase(Locale.ROOT);
    return word.equals("cdk") ? "cloudformation" : word;
  }
}
