package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** A function's resource policy lets in these callers and nobody else. */
record FunctionPolicy(String function, List<Door> allow) implements Check {
  /**
   * A way in.
   *
   * @param source the resource for which the principal may call; {@code any} when it does not say
   */
  record Door(String principal, String source) {
    @Override
    public String toString() {
      return principal + " for " + source;
    }
  }

  static final CheckType TYPE =
      CheckType.named("function-policy")
          .needs("function", "allow")
          .madeBy(
              settings ->
                  new FunctionPolicy(
                      settings.text("function"),
                      settings.each("allow").stream()
                          .map(door -> new Door(door.text("principal"), door.text("source")))
                          .toList()));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("lets in " + words(allow) + " only");
    List<Door> doors;
    try {
      doors = doors(scope.clients().lambda().getPolicy(get -> get.functionName(function)).policy());
    } catch (ResourceNotFoundException e) {
      return allow.isEmpty() ? claim.holds("lets in nobody") : claim.lacks("lets in nobody");
    }
    List<String> wrong = new ArrayList<>();
    doors.stream()
        .filter(door -> !allow.contains(door))
        .forEach(door -> wrong.add("lets in " + door));
    allow.stream()
        .filter(door -> !doors.contains(door))
        .forEach(door -> wrong.add("does not let in " + door));
    return claim.unless(wrong, "lets in " + words(doors));
  }

  private static String words(List<Door> doors) {
    return doors.isEmpty()
        ? "nobody"
        : String.join(", ", doors.stream().map(Door::toString).toList());
  }

  private static List<Door> doors(String policy) {
    List<Door> doors = new ArrayList<>();
    for (PolicyStatement statement : PolicyStatement.parse(policy)) {
      if (statement.allow()) {
        List<String> sources = statement.conditionValues("aws:SourceArn");
        for (String principal : statement.principals()) {
          (sources.isEmpty() ? List.of("any") : sources)
              .forEach(source -> doors.add(new Door(principal, source)));
        }
      }
    }
    return doors.stream().distinct().toList();
  }
}
