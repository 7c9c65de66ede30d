package io.pipelab.local.accessanalyzer;

import io.pipelab.local.accessanalyzer.GrammarCheck.Kind;
import io.pipelab.local.policy.Policy;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.accessanalyzer.model.PathElement;

/** Looks at one statement of a policy. */
final class StatementCheck {
  private static final Pattern OPERATOR =
      Pattern.compile(
          "Null|(ForAnyValue:|ForAllValues:)?"
              + "(String(Not)?(Equals(IgnoreCase)?|Like)"
              + "|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)"
              + "|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?");

  private final Kind kind;
  private final Findings findings;
  private final Set<String> sids;

  StatementCheck(Kind kind, Findings findings, Set<String> sids) {
    this.kind = kind;
    this.findings = findings;
    this.sids = sids;
  }

  void check(Located statement, List<PathElement> path) {
    if (statement.members() == null) {
      findings.add(Issue.DATA_TYPE_MISMATCH, path, statement, "object");
      return;
    }
    statement
        .members()
        .forEach(
            (name, value) -> {
              if (!Policy.STATEMENT_MEMBERS.contains(name)) {
                findings.add(Issue.INVALID_POLICY_ELEMENT, Findings.below(path, name), value, name);
              }
            });
    sid(statement, path);
    effect(statement, path);
    principal(statement, path);
    either(statement, path, "Action", Issue.MISSING_ACTION, Issue.EMPTY_ARRAY_ACTION);
    if (kind != Kind.TRUST_POLICY) {
      either(statement, path, "Resource", Issue.MISSING_RESOURCE, Issue.EMPTY_ARRAY_RESOURCE);
    }
    conditions(statement, path);
    passRole(statement, path);
  }

  private void sid(Located statement, List<PathElement> path) {
    Located sid = statement.member("Sid");
    if (sid != null && sid.text() != null && !sid.text().isEmpty() && !sids.add(sid.text())) {
      findings.add(Issue.UNIQUE_SIDS_REQUIRED, Findings.below(path, "Sid"), sid);
    }
  }

  private void effect(Located statement, List<PathElement> path) {
    Located effect = statement.member("Effect");
    List<PathElement> below = Findings.below(path, "Effect");
    if (effect == null) {
      findings.add(Issue.MISSING_EFFECT, path, statement);
    } else if (!effect.string()) {
      findings.add(Issue.DATA_TYPE_MISMATCH, below, effect, "string");
    } else if (!"Allow".equals(effect.text()) && !"Deny".equals(effect.text())) {
      findings.add(Issue.INVALID_EFFECT, below, effect, String.valueOf(effect.text()));
    }
  }

  private void principal(Located statement, List<PathElement> path) {
    both(statement, path, "Principal");
    Located principal = statement.member("Principal");
    Located named = principal == null ? statement.member("NotPrincipal") : principal;
    if (kind == Kind.IDENTITY_POLICY && named != null) {
      String name = principal == null ? "NotPrincipal" : "Principal";
      findings.add(Issue.UNSUPPORTED_PRINCIPAL, Findings.below(path, name), named, kind);
    } else if (kind != Kind.IDENTITY_POLICY && named == null) {
      findings.add(Issue.MISSING_PRINCIPAL, path, statement);
    }
  }

  /** A member or its {@code Not...}: a text or a list of texts, and not an empty one. */
  private void either(
      Located statement, List<PathElement> path, String name, Issue missing, Issue empty) {
    both(statement, path, name);
    Located positive = statement.member(name);
    Located value = positive == null ? statement.member("Not" + name) : positive;
    if (value == null) {
      findings.add(missing, path, statement);
      return;
    }
    List<PathElement> below = Findings.below(path, positive == null ? "Not" + name : name);
    if (value.items() != null && value.items().isEmpty()) {
      findings.add(empty, below, value);
    } else if (!isTexts(value)) {
      findings.add(Issue.DATA_TYPE_MISMATCH, below, value, "string");
    }
  }

  private void both(Located statement, List<PathElement> path, String name) {
    Located negative = statement.member("Not" + name);
    if (negative != null && statement.member(name) != null) {
      findings.add(
          Issue.UNSUPPORTED_ELEMENT_COMBINATION,
          Findings.below(path, "Not" + name),
          negative,
          name,
          "Not" + name);
    }
  }

  private void conditions(Located statement, List<PathElement> path) {
    Located condition = statement.member("Condition");
    List<PathElement> below = Findings.below(path, "Condition");
    if (condition == null) {
      return;
    }
    if (condition.members() == null) {
      findings.add(Issue.DATA_TYPE_MISMATCH, below, condition, "object");
      return;
    }
    condition
        .members()
        .forEach(
            (operator, keys) -> {
              if (!OPERATOR.matcher(operator).matches()) {
                findings.add(
                    Issue.INVALID_CONDITION_OPERATOR,
                    Findings.below(below, operator),
                    keys,
                    operator);
              }
            });
  }

  /** Handing every role on is as much as having every role, unless it is to one service. */
  private void passRole(Located statement, List<PathElement> path) {
    Located resource = statement.member("Resource");
    Located effect = statement.member("Effect");
    boolean asked =
        effect != null
            && "Allow".equals(effect.text())
            && texts(statement.member("Action")).stream().anyMatch("iam:passrole"::equalsIgnoreCase)
            && texts(resource).stream().anyMatch(arn -> arn.contains("*"));
    if (asked && resource != null && !isForOneService(statement.member("Condition"))) {
      findings.add(
          Issue.PASS_ROLE_WITH_STAR_IN_RESOURCE, Findings.below(path, "Resource"), resource);
    }
  }

  private static boolean isForOneService(@Nullable Located condition) {
    return condition != null
        && condition.members() != null
        && condition.members().values().stream()
            .flatMap(each -> each.names().stream())
            .anyMatch("iam:passedtoservice"::equalsIgnoreCase);
  }

  private static boolean isTexts(Located value) {
    return value.string()
        || (value.items() != null && value.items().stream().allMatch(Located::string));
  }

  private static List<String> texts(@Nullable Located value) {
    if (value == null) {
      return List.of();
    }
    List<Located> all = value.items() == null ? List.of(value) : value.items();
    return all.stream().filter(Located::string).map(each -> String.valueOf(each.text())).toList();
  }
}
