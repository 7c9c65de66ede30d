package io.pipelab.verify.check.policy;

import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may do what to a resource, by its resource policy: exactly these doors, and no other. */
public record PolicyDoors(List<Door> allow) {
  /**
   * A way in.
   *
   * @param source the resource for which the principal may come; {@code any} when it does not say
   * @param account the account for which it may come; {@code any} when it does not say
   */
  record Door(String principal, String action, String resource, String source, String account) {
    boolean same(Door other) {
      return principal.equals(other.principal)
          && action.equalsIgnoreCase(other.action)
          && resource.equals(other.resource)
          && source.equals(other.source)
          && account.equals(other.account);
    }

    /** Whether who comes by another door may also come by this one. */
    boolean covers(Door other) {
      return (principal.equals("*") || principal.equals(other.principal))
          && Wildcards.match(action, other.action)
          && Wildcards.match(resource, other.resource)
          && (source.equals(ANY) || Wildcards.match(source, other.source))
          && (account.equals(ANY) || account.equals(other.account));
    }

    @Override
    public String toString() {
      return principal
          + " "
          + action
          + " from "
          + source
          + (account.equals(ANY) ? "" : " of account " + account);
    }
  }

  static final String ANY = "any";

  /** The conditions that a door tells of. */
  private static final Set<String> KEYS = Set.of("aws:sourcearn", "aws:sourceaccount");

  public static PolicyDoors of(Settings settings) {
    return new PolicyDoors(
        settings.each("allow").stream()
            .map(
                door ->
                    new Door(
                        door.text("principal"),
                        door.text("action"),
                        door.text("resource"),
                        door.textOr("source", ANY),
                        door.textOr("account", ANY)))
            .toList());
  }

  public String words() {
    return "lets in " + words(allow) + " only";
  }

  /**
   * Holds a policy against the doors.
   *
   * @param policy the document; empty when there is none
   */
  public Observation judge(Claim claim, String policy) {
    List<PolicyStatement> statements = policy.isBlank() ? List.of() : PolicyStatement.parse(policy);
    List<Door> open = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (PolicyStatement statement : statements) {
      wrong.addAll(statement.odd());
      if (statement.allow()) {
        open.addAll(doors(statement));
      } else {
        wrong.add("denies " + String.join(", ", statement.actions()));
      }
    }
    for (Door door : allow) {
      if (open.stream().noneMatch(door::same)) {
        wrong.add("does not let in " + door);
      }
    }
    for (Door door : open) {
      if (allow.stream().noneMatch(door::same)) {
        wrong.add("lets in " + door);
      }
    }
    return wrong.isEmpty() || !works(statements)
        ? claim.unless(wrong, "lets in " + words(open))
        : claim.works("it works, but " + String.join("; ", tooWide(open)));
  }

  private List<String> tooWide(List<Door> open) {
    return open.stream()
        .filter(door -> allow.stream().noneMatch(door::same))
        .map(door -> "lets in " + door)
        .toList();
  }

  /** Whether all who shall come can, by whatever door, and nothing is denied. */
  private boolean works(List<PolicyStatement> statements) {
    List<Door> wide = new ArrayList<>();
    for (PolicyStatement statement : statements) {
      if (!statement.allow()) {
        return false;
      }
      // What else a statement may ask for is not known to be given.
      if (statement.odd().isEmpty() && statement.asksOnlyFor(KEYS)) {
        wide.addAll(doors(statement));
      }
    }
    return allow.stream().allMatch(door -> wide.stream().anyMatch(open -> open.covers(door)));
  }

  /** The policy that opens exactly these doors. */
  public String document() {
    List<Map<String, Object>> statements = new ArrayList<>();
    for (Door door : allow) {
      Map<String, Object> statement = new LinkedHashMap<>();
      statement.put("Effect", "Allow");
      boolean service = door.principal().endsWith(".amazonaws.com");
      statement.put("Principal", Map.of(service ? "Service" : "AWS", door.principal()));
      statement.put("Action", door.action());
      statement.put("Resource", door.resource());
      Map<String, Object> conditions = new LinkedHashMap<>();
      if (!door.source().equals(ANY)) {
        conditions.put("ArnEquals", Map.of("aws:SourceArn", door.source()));
      }
      if (!door.account().equals(ANY)) {
        conditions.put("StringEquals", Map.of("aws:SourceAccount", door.account()));
      }
      if (!conditions.isEmpty()) {
        statement.put("Condition", conditions);
      }
      statements.add(statement);
    }
    return PolicyJson.document(statements);
  }

  private static List<Door> doors(PolicyStatement statement) {
    List<Door> doors = new ArrayList<>();
    for (String principal : statement.principals()) {
      for (String action : statement.actions()) {
        for (String resource : statement.resources()) {
          for (String source : orAny(statement.conditionValues("aws:SourceArn"))) {
            for (String account : orAny(statement.conditionValues("aws:SourceAccount"))) {
              doors.add(new Door(principal, action, resource, source, account));
            }
          }
        }
      }
    }
    return doors;
  }

  private static List<String> orAny(List<String> values) {
    return values.isEmpty() ? List.of(ANY) : values;
  }

  private static String words(List<Door> doors) {
    return doors.isEmpty()
        ? "nobody"
        : String.join(", ", doors.stream().map(Door::toString).toList());
  }
}
