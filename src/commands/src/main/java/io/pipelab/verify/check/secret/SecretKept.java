package io.pipelab.verify.check.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.AwsClients;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Functions have a secret's password in a variable of theirs, and it is nowhere else: not in the
 * stack's template, parameters, outputs and events, and not in the functions' logs. The answer
 * never shows it.
 *
 * @param key the member of the secret that holds the password
 * @param variable the functions' variable
 */
public record SecretKept(
    String secret,
    String key,
    String stack,
    List<String> functions,
    String variable,
    List<String> logGroups)
    implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static final CheckType TYPE =
      CheckType.named("secret-kept")
          .needs("secret", "key", "stack", "functions", "variable", "logGroups")
          .madeBy(
              settings ->
                  new SecretKept(
                      settings.text("secret"),
                      settings.text("key"),
                      settings.text("stack"),
                      settings.texts("functions"),
                      settings.text("variable"),
                      settings.texts("logGroups")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "the secret's %s in %s of %d functions, and nowhere else"
                .formatted(key, variable, functions.size()));
    AwsClients clients = scope.clients();
    String text;
    try {
      text = clients.secretsManager().getSecretValue(get -> get.secretId(secret)).secretString();
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no secret " + secret);
    }
    String password = password(text);
    if (password.isEmpty()) {
      return claim.never("the secret has no " + key);
    }
    List<String> wrong = new ArrayList<>();
    for (String function : functions) {
      String has = variable(clients, function);
      if (has.isEmpty()) {
        wrong.add(function + " has no " + variable);
      } else if (!has.equals(password)) {
        wrong.add(variable + " of " + function + " is not the secret's " + key);
      }
    }
    wrong.addAll(inStack(clients, password));
    for (String group : logGroups) {
      if (inLog(clients.logs(), group, password)) {
        wrong.add("it stands in the log " + group);
      }
    }
    return claim.unless(wrong, "exactly that");
  }

  private String password(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json == null ? "" : json.path(key).asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private String variable(AwsClients clients, String function) {
    EnvironmentResponse environment =
        clients.lambda().getFunctionConfiguration(get -> get.functionName(function)).environment();
    Map<String, String> variables = environment == null ? Map.of() : environment.variables();
    return variables.getOrDefault(variable, "");
  }

  private List<String> inStack(AwsClients clients, String password) {
    List<String> wrong = new ArrayList<>();
    String template =
        clients.cloudFormation().getTemplate(get -> get.stackName(stack)).templateBody();
    if (template.contains(password)) {
      wrong.add("it stands in the stack's template");
    }
    String described =
        clients
            .cloudFormation()
            .describeStacks(describe -> describe.stackName(stack))
            .stacks()
            .get(0)
            .toString();
    if (described.contains(password)) {
      wrong.add("it stands in the stack's parameters or outputs");
    }
    boolean told =
        clients
            .cloudFormation()
            .describeStackEventsPaginator(describe -> describe.stackName(stack))
            .stackEvents()
            .stream()
            .anyMatch(event -> event.toString().contains(password));
    if (told) {
      wrong.add("it stands in the stack's events");
    }
    return wrong;
  }

  /** Looked for here: a search by CloudWatch Logs would carry it into CloudTrail. */
  private static boolean inLog(CloudWatchLogsClient logs, String group, String password) {
    return logs.filterLogEventsPaginator(filter -> filter.logGroupName(group)).events().stream()
        .anyMatch(event -> event.message().contains(password));
  }
}
