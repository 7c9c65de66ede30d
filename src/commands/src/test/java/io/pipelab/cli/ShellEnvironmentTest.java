package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShellEnvironmentTest {
  private final Map<String, String> shell =
      new HashMap<>(Map.of("AWS_PROFILE", "work", "AWS_REGION", "eu-west-1", "OTHER", "x"));

  @Test
  void whatIsTakenBackIsAsItWas() {
    Map<String, String> before = Map.copyOf(shell);
    give("AWS_REGION", "us-east-1", "QUEUE_URL", "http://q");
    assertEquals("us-east-1", shell.get("AWS_REGION"));
    assertEquals("http://q", shell.get("QUEUE_URL"));
    assertFalse(shell.containsKey("AWS_PROFILE"));

    give("AWS_REGION", "us-east-2", "API_URL", "http://a");
    assertFalse(shell.containsKey("QUEUE_URL"), "of the lab before");
    assertEquals("us-east-2", shell.get("AWS_REGION"));

    apply(new ShellEnvironment(shell).takenBack());
    assertEquals(before, shell);
    assertEquals(Map.of(), new ShellEnvironment(shell).takenBack());
  }

  @Test
  void theUsersOwnVariablesAreKnown() {
    give("QUEUE_URL", "http://q");
    assertTrue(new ShellEnvironment(shell).hasOwn("OTHER"));
    assertTrue(new ShellEnvironment(shell).hasOwn("AWS_PROFILE"), "which waits to come back");
    assertFalse(new ShellEnvironment(shell).hasOwn("QUEUE_URL"));
  }

  @Test
  void outputsBecomeVariables() {
    assertEquals("QUEUE_URL", EnvCommand.variable("QueueUrl"));
    assertEquals("DLQ_ARN", EnvCommand.variable("DLQArn"));
    assertEquals("API_ID2", EnvCommand.variable("ApiId2"));
    assertEquals("X_Y__A_", EnvCommand.variable("x-y;$A)"));
  }

  private void give(String... namesAndValues) {
    Map<String, @Nullable String> variables = new HashMap<>();
    variables.put("AWS_PROFILE", null);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    apply(new ShellEnvironment(shell).with(variables));
  }

  private void apply(Map<String, @Nullable String> changes) {
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            shell.remove(name);
          } else {
            shell.put(name, value);
          }
        });
  }
}
