package io.pipelab.local.accessanalyzer;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.accessanalyzer.model.PathElement;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFinding;

/** Looks at a whole policy: its members, its version, and each of its statements. */
final class GrammarCheck {
  private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
  private static final List<String> VERSIONS = List.of("2012-10-17", "2008-10-17");

  private final Findings findings = new Findings();
  private final Set<String> sids = new HashSet<>();
  private final StatementCheck statements;

  GrammarCheck(Kind kind) {
    this.statements = new StatementCheck(kind, findings, sids);
  }

  /** What a policy is for. */
  enum Kind {
    IDENTITY_POLICY,
    RESOURCE_POLICY,
    /** A resource's that is a role: it names no resources. */
    TRUST_POLICY
  }

  /** All findings of a document. */
  static List<ValidatePolicyFinding> of(String document, Kind kind) {
    GrammarCheck check = new GrammarCheck(kind);
    try {
      check.policy(Located.read(document));
    } catch (JsonProcessingException e) {
      Located.Place at = Located.Place.of(e.getLocation());
      check.findings.add(
          Issue.JSON_SYNTAX_ERROR, at, at.offset(), at.line(), Math.max(0, at.column()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no other
    }
    return check.findings.all();
  }

  private void policy(Located policy) {
    if (policy.members() == null) {
      findings.add(Issue.DATA_TYPE_MISMATCH, List.of(), policy, "object");
      return;
    }
    policy
        .members()
        .forEach(
            (name, value) -> {
              if (!MEMBERS.contains(name)) {
                List<PathElement> path = Findings.below(List.of(), name);
                findings.add(Issue.INVALID_POLICY_ELEMENT, path, value, name);
              }
            });
    version(policy);
    statements(policy);
  }

  private void version(Located policy) {
    Located version = policy.member("Version");
    if (version == null) {
      findings.add(Issue.MISSING_VERSION, List.of(), policy);
    } else if (!version.string() || !VERSIONS.contains(version.text())) {
      findings.add(
          Issue.INVALID_VERSION,
          Findings.below(List.of(), "Version"),
          version,
          String.valueOf(version.text()),
          String.join(", ", VERSIONS));
    }
  }

  private void statements(Located policy) {
    Located statement = policy.member("Statement");
    List<PathElement> path = Findings.below(List.of(), "Statement");
    if (statement == null || (statement.items() != null && statement.items().isEmpty())) {
      findings.add(Issue.MISSING_STATEMENT, List.of(), policy);
    } else if (statement.items() == null) {
      statements.check(statement, path);
    } else {
      for (int i = 0; i < statement.items().size(); i++) {
        statements.check(statement.items().get(i), Findings.below(path, i));
      }
    }
  }
}
