package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabManifest;
import io.pipelab.lab.References;
import io.pipelab.verify.HandMade.Missing;
import io.pipelab.verify.check.CheckScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;

/** What a check of a lab that was made by hand says, where a lab of stacks fails or not. */
class HandMadeTest {
  private static final String MANIFEST =
      """
      title: A lab
      summary: A lab to verify.
      services: [SQS]
      cost: {hourlyUsd: 0}
      stacks:
        - id: lab
          template: stack.yaml
      steps:
        - id: queue
          title: The queue
          hop: SQS
          checks:
            - type: redrive-policy
              adviceByName: true
              with: {queue: "${outputs.Queue}", deadLetterQueue: "${outputs.Letters}", maxReceiveCount: 3}
              hint: "Connect ${outputs.Letters}. Else take the lab down."
              command: pipelab up ${lab}
        - id: function
          title: The function
          hop: Lambda
          checks:
            - type: function-configuration
              adviceByName: [memory, environment.SUBNETS]
              with:
                function: f
                handler: H
                memory: 512
                environment: {QUEUE: q, SUBNETS: "${outputs.Subnets}"}
              hint: "Restore it. A function that was deleted comes back when the lab is taken down."
              command: pipelab down ${lab} && pipelab up ${lab}
        - id: policy
          title: The door
          hop: Lambda
          checks:
            - type: function-policy
              with: {function: f, allow: [{principal: sns.amazonaws.com, source: t}]}
              hint: "Close it."
              command: pipelab logs ${lab}
      """;

  private final FakeAws aws = new FakeAws();
  private final Lab lab;

  HandMadeTest(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("stack.yaml"),
        "Resources: {}\nOutputs: {Queue: {Value: q}, Letters: {Value: l}, Subnets: {Value: s}}\n");
    Files.writeString(folder.resolve("lab.yaml"), MANIFEST);
    lab = LabManifest.read(folder);
  }

  @Test
  void aPartThatTheLabCannotDoWithoutFailsByItsNameAndIsNotLookedFor() {
    CheckResult result =
        run("queue", Map.of("Queue", missing("queue", "jobs", false), "Letters", letters()));

    assertEquals(CheckStatus.FAILED, result.status());
    assertEquals("no queue named jobs, no queue named letters", result.actual());
    assertEquals("Make the queue jobs.", result.hint());
    assertEquals("make jobs", result.command());
  }

  @Test
  void aPartThatTheSourceDoesWithoutIsAdvice() {
    CheckResult result = run("queue", Map.of("Letters", letters()));

    assertEquals(CheckStatus.ADVICE, result.status());
    assertEquals("no queue named letters", result.actual());
  }

  @Test
  void whatOnlyOurLabAsksForIsAdviceAndKeepsStacksOutOfTheHint() {
    aws.on(GetQueueAttributesRequest.class, GetQueueAttributesResponse.builder().build());

    CheckResult result = run("queue", Map.of());

    assertEquals(CheckStatus.ADVICE, result.status());
    assertEquals("no dead-letter queue", result.actual());
    assertEquals("Connect l.", result.hint());
  }

  @Test
  void theSettingsThatAreOursAreLookedAtOnlyWhenTheOthersHold() {
    function("H", 128, Map.of("QUEUE", "q", "SUBNETS", "s"));
    CheckResult memory = run("function", Map.of());
    assertEquals(CheckStatus.ADVICE, memory.status());
    assertEquals("memory is 128, not 512", memory.actual());
    assertEquals("Restore it.", memory.hint());

    function("Other", 128, Map.of("QUEUE", "q"));
    CheckResult handler = run("function", Map.of());
    assertEquals(CheckStatus.FAILED, handler.status());
    assertEquals("handler is Other, not H", handler.actual());

    function("H", 512, Map.of("QUEUE", "q", "SUBNETS", "s"));
    assertEquals(CheckStatus.PASSED, run("function", Map.of()).status());
  }

  @Test
  void aMissingPartOfWhatIsOursHidesNothing() {
    Map<String, Missing> subnets = Map.of("Subnets", missing("subnets", "public", true));
    function("Other", 512, Map.of("QUEUE", "q"));
    assertEquals(CheckStatus.FAILED, run("function", subnets).status());

    function("H", 512, Map.of("QUEUE", "q"));
    CheckResult result = run("function", subnets);
    assertEquals(CheckStatus.ADVICE, result.status());
    assertEquals("no subnets named public", result.actual());
  }

  @Test
  void whatWorksThoughItIsTooWideIsAdviceByHandAndFailsInAStack() {
    aws.on(
        GetPolicyRequest.class,
        GetPolicyResponse.builder()
            .policy(
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                    + "\"sns.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\"}]}")
            .build());

    CheckResult byHand = run("policy", Map.of());
    assertEquals(CheckStatus.ADVICE, byHand.status());
    assertEquals("Close it.", byHand.hint());

    CheckResult ofStack = run("policy", VerifyOptions.ALL);
    assertEquals(CheckStatus.FAILED, ofStack.status());
    assertNull(VerifyOptions.ALL.handMade());
  }

  private void function(String handler, int memory, Map<String, String> variables) {
    aws.on(
        GetFunctionConfigurationRequest.class,
        GetFunctionConfigurationResponse.builder()
            .handler(handler)
            .memorySize(memory)
            .state(State.ACTIVE)
            .environment(environment -> environment.variables(variables))
            .build());
  }

  private static Missing letters() {
    return missing("queue", "letters", true);
  }

  private static Missing missing(String kind, String name, boolean advice) {
    return new Missing(
        "no " + kind + " named " + name,
        "Make the " + kind + " " + name + ".",
        "make " + name,
        advice);
  }

  private CheckResult run(String step, Map<String, Missing> missing) {
    return run(step, VerifyOptions.ALL.of(new HandMade(missing)));
  }

  private CheckResult run(String step, VerifyOptions options) {
    FakeTime time = new FakeTime(20);
    CheckRunner runner =
        new CheckRunner(
            lab,
            new CheckScope(aws, time::target, List.of()),
            References.of(lab)
                .with("pipelab", "pipelab")
                .with("lab", "demo --by-name")
                .withOutputs(Map.of("Queue", "q", "Letters", "l", "Subnets", "s")),
            options,
            new VerifyListener() {},
            time.eventually());
    return runner.run(lab.step(step), lab.step(step).checks().get(0), Optional.empty());
  }
}
