package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.References;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.verify.load.Sent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.Role;

/** A target that answers nonsense fails a check of any type; it never ends the verification. */
class AbsurdAnswersTest {
  /** What holds when there is nothing at all: that nothing was made. */
  private static final Set<String> TRUE_OF_NOTHING = Set.of("nothing-made");

  private static final Map<String, Example> EXAMPLES = examples();

  /** A check of a type, as a lab in the repository has it. */
  private record Example(Lab lab, StepSpec step, CheckSpec check) {}

  private static Map<String, Example> examples() {
    Map<String, Example> examples = new LinkedHashMap<>();
    for (Lab lab : LabCatalog.in(Path.of("templates")).labs()) {
      for (StepSpec step : lab.steps()) {
        step.checks()
            .forEach(check -> examples.putIfAbsent(check.type(), new Example(lab, step, check)));
      }
    }
    return examples;
  }

  @TestFactory
  Stream<DynamicTest> everyTypeFailsOrIsSkipped() {
    return CheckTypes.all().stream()
        .flatMap(
            type ->
                Stream.of(AbsurdAnswers.values())
                    .map(
                        answers ->
                            DynamicTest.dynamicTest(
                                type.name() + " " + answers, () -> look(type, answers))));
  }

  private void look(CheckType type, AbsurdAnswers answers) {
    Example example = EXAMPLES.get(type.name());
    assertNotNull(example, "no lab has a check of type " + type.name());

    CheckResult result = run(example, new FakeAws().otherwise(answers));

    if (!TRUE_OF_NOTHING.contains(type.name())) {
      assertNotEquals(CheckStatus.PASSED, result.status(), result.toString());
    }
  }

  @Test
  void aPolicyThatIsNotJsonIsNamed() {
    FakeAws aws = new FakeAws().otherwise(AbsurdAnswers.NOTHING);
    aws.on(
        GetRoleRequest.class,
        GetRoleResponse.builder()
            .role(Role.builder().assumeRolePolicyDocument("oops").build())
            .build());

    CheckResult result = run(EXAMPLES.get("role-policies"), aws);

    assertEquals(CheckStatus.FAILED, result.status());
    assertEquals("the target returned a policy that is not valid JSON: \"oops\"", result.actual());
    assertTrue(String.valueOf(result.hint()).length() > 10);
  }

  private static CheckResult run(Example example, FakeAws aws) {
    FakeTime time = new FakeTime(20);
    References references =
        References.of(example.lab())
            .with("run.id", "r1")
            .withParameters(example.lab().parameterValues(true, Map.of()))
            .withStandIn("1");
    LoadRecord load = new LoadRecord("r1", "1", 500, 500, 3, 0, Instant.EPOCH, Instant.EPOCH);
    List<Sent> sent =
        List.of(
            new Sent.Files(
                "r1",
                "1",
                1,
                List.of(new Sent.StoredFile("new/a.csv", 1, "e")),
                Instant.EPOCH,
                Instant.EPOCH),
            new Sent.Message("r1", "1", "m", "text", Instant.EPOCH));
    return new CheckRunner(
            example.lab(),
            new CheckScope(aws, time::target, List.of(load), sent),
            references,
            VerifyOptions.ALL,
            new VerifyListener() {},
            time.eventually())
        .run(example.step(), example.check(), Optional.empty());
  }
}
