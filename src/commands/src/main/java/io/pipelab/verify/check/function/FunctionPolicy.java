package io.pipelab.verify.check.function;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyStatement;
import io.pipelab.verify.check.policy.Wildcards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** A function's resource policy lets in these callers and nobody else. */
public record FunctionPolicy(String function, List<Door> allow) implements Check {
  /**
   * A way in.
   *
   * @param source the resource for which the principal may call; {@code any} when it does not say
   * @param account what a new permission also asks for; empty for nothing
   */
  record Door(String principal, String source, String account) {
    boolean same(Door other) {
      return principal.equals(other.principal) && source.equals(other.source);
    }

    /** Whether who comes by another door may also come by this one. */
    boolean covers(Door other) {
      return principal.equals(other.principal)
          && (source.equals("any") || Wildcards.match(source, other.source));
    }

    @Override
    public String toString() {
      return principal + " for " + source;
    }
  }

  public static final CheckType TYPE =
      CheckType.named("function-policy")
          .needs("function", "allow")
          .madeBy(
              settings ->
                  new FunctionPolicy(
                      settings.text("function"),
                      settings.each("allow").stream()
                          .map(
                              door ->
                                  new Door(
                                      door.text("principal"),
                                      door.text("source"),
                                      door.textOr("account", "")))
                          .toList()));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("lets in " + words(allow) + " only");
    List<PolicyStatement> statements;
    try {
      statements =
          PolicyStatement.parse(
              scope.clients().lambda().getPolicy(get -> get.functionName(function)).policy());
    } catch (ResourceNotFoundException e) {
      return allow.isEmpty()
          ? claim.holds("lets in nobody")
          : claim.lacks("lets in nobody").fixedBy(fix(List.of()));
    }
    List<Door> doors = statements.stream().flatMap(one -> doors(one).stream()).toList();
    List<String> wrong = new ArrayList<>();
    doors.stream()
        .filter(door -> allow.stream().noneMatch(door::same))
        .forEach(door -> wrong.add("lets in " + door));
    allow.stream()
        .filter(door -> doors.stream().noneMatch(door::same))
        .forEach(door -> wrong.add("does not let in " + door));
    boolean works =
        allow.stream().allMatch(door -> doors.stream().anyMatch(open -> open.covers(door)));
    Observation seen =
        !wrong.isEmpty() && works
            ? claim.works("it works, but " + String.join("; ", wrong))
            : claim.unless(wrong, "lets in " + words(doors));
    return wrong.isEmpty() ? seen : seen.fixedBy(fix(statements));
  }

  private static String words(List<Door> doors) {
    return doors.isEmpty()
        ? "nobody"
        : String.join(", ", doors.stream().map(Door::toString).toList());
  }

  /** Takes out each statement that is not only what it should be; then lets in who is missing. */
  private ShellCommand fix(List<PolicyStatement> statements) {
    List<List<String>> calls = new ArrayList<>();
    List<Door> kept = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (PolicyStatement statement : statements) {
      List<Door> doors = doors(statement);
      if (!doors.isEmpty()
          && doors.stream().allMatch(door -> allow.stream().anyMatch(door::same))) {
        kept.addAll(doors);
        ids.add(statement.sid());
      } else {
        calls.add(call("remove-permission", "--statement-id", statement.sid()));
      }
    }
    int number = 0;
    for (Door door : allow) {
      if (kept.stream().noneMatch(door::same)) {
        do {
          number++;
        } while (ids.contains("pipelab-" + number));
        calls.add(letIn(door, "pipelab-" + number));
      }
    }
    return new ShellCommand(calls);
  }

  private List<String> letIn(Door door, String id) {
    List<String> call = call("add-permission", "--statement-id", id);
    call.addAll(List.of("--action", "lambda:InvokeFunction", "--principal", door.principal()));
    if (!door.source().equals("any")) {
      call.addAll(List.of("--source-arn", door.source()));
    }
    if (!door.account().isEmpty()) {
      call.addAll(List.of("--source-account", door.account()));
    }
    return call;
  }

  private List<String> call(String action, String... more) {
    List<String> call = new ArrayList<>(List.of("aws", "lambda", action));
    call.addAll(List.of("--function-name", function));
    call.addAll(List.of(more));
    return call;
  }

  private static List<Door> doors(PolicyStatement statement) {
    List<Door> doors = new ArrayList<>();
    if (statement.allow()) {
      List<String> sources = statement.conditionValues("aws:SourceArn");
      for (String principal : statement.principals()) {
        (sources.isEmpty() ? List.of("any") : sources)
            .forEach(source -> doors.add(new Door(principal, source, "")));
      }
    }
    return doors.stream().distinct().toList();
  }
}
