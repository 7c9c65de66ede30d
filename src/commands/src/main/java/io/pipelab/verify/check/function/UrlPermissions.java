package io.pipelab.verify.check.function;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * A function's policy lets everybody come by its URL, and by nothing else. That takes two
 * statements since October 2025 (AWS: "Security and auth model for Lambda function URLs").
 */
public record UrlPermissions(String function) implements Check {
  private static final String BY_URL = "lambda:InvokeFunctionUrl";
  private static final String BEHIND_URL = "lambda:InvokeFunction";

  public static final CheckType TYPE =
      CheckType.named("url-permissions")
          .needs("function")
          .madeBy(settings -> new UrlPermissions(settings.text("function")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "everybody may " + BY_URL + " and, via the URL, " + BEHIND_URL + "; nothing else");
    List<PolicyStatement> statements;
    try {
      statements =
          PolicyStatement.parse(
              scope.clients().lambda().getPolicy(get -> get.functionName(function)).policy());
    } catch (ResourceNotFoundException e) {
      statements = List.of();
    }
    boolean byUrl = statements.stream().anyMatch(UrlPermissions::isByUrl);
    boolean behindUrl = statements.stream().anyMatch(UrlPermissions::isBehindUrl);
    List<String> wrong = new ArrayList<>();
    if (!byUrl) {
      wrong.add("nobody may " + BY_URL + ": the URL answers 403");
    }
    if (!behindUrl) {
      wrong.add("nobody may " + BEHIND_URL + " via the URL: it answers 403");
    }
    List<PolicyStatement> others =
        statements.stream().filter(one -> !isByUrl(one) && !isBehindUrl(one)).toList();
    others.forEach(
        one -> wrong.add("also lets " + principals(one) + " " + String.join(", ", one.actions())));
    Observation seen = claim.unless(wrong, "both, and nothing else");
    return wrong.isEmpty() ? seen : seen.fixedBy(fix(statements, others, byUrl, behindUrl));
  }

  private static String principals(PolicyStatement statement) {
    return String.join(", ", statement.principals());
  }

  private static boolean isByUrl(PolicyStatement one) {
    return isForEverybody(one, BY_URL)
        && one.condition()
            .equals(Map.of("StringEquals", Map.of("lambda:functionurlauthtype", List.of("NONE"))));
  }

  private static boolean isBehindUrl(PolicyStatement one) {
    return isForEverybody(one, BEHIND_URL)
        && one.condition()
            .equals(Map.of("Bool", Map.of("lambda:invokedviafunctionurl", List.of("true"))));
  }

  private static boolean isForEverybody(PolicyStatement one, String action) {
    return one.allow()
        && one.principals().equals(List.of("*"))
        && one.actions().equals(List.of(action));
  }

  private ShellCommand fix(
      List<PolicyStatement> all, List<PolicyStatement> others, boolean byUrl, boolean behindUrl) {
    List<List<String>> calls = new ArrayList<>();
    others.forEach(one -> calls.add(call("remove-permission", one.sid())));
    Set<String> taken = new HashSet<>();
    all.forEach(one -> taken.add(one.sid()));
    if (!byUrl) {
      calls.add(letIn(free("pipelab-url", taken), BY_URL, "--function-url-auth-type", "NONE"));
    }
    if (!behindUrl) {
      calls.add(letIn(free("pipelab-invoke", taken), BEHIND_URL, "--invoked-via-function-url"));
    }
    return new ShellCommand(calls);
  }

  private static String free(String id, Set<String> taken) {
    return taken.contains(id) ? free(id + "-2", taken) : id;
  }

  private List<String> letIn(String id, String action, String... more) {
    List<String> call = call("add-permission", id);
    call.addAll(List.of("--action", action, "--principal", "*"));
    call.addAll(List.of(more));
    return call;
  }

  private List<String> call(String action, String id) {
    return new ArrayList<>(
        List.of("aws", "lambda", action, "--function-name", function, "--statement-id", id));
  }
}
