package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.References;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.load.LoadRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Every check of every lab in the repository is of a type that there is, with its settings. */
class BundledChecksTest {
  @Test
  void everyCheckIsKnown() {
    for (Lab lab : LabCatalog.in(Path.of("templates")).labs()) {
      assertDoesNotThrow(() -> CheckTypes.validate(lab), lab.id());
    }
  }

  @Test
  void withoutTheTableALoadIsNotTheFirstThingToFix() {
    Lab lab = LabCatalog.in(Path.of("templates")).lab("decoupling");
    FakeAws aws = new FakeAws().otherwise(AbsurdAnswers.NOTHING);
    aws.on(
        DescribeTableRequest.class,
        request -> {
          throw ResourceNotFoundException.builder().build();
        });
    FakeTime time = new FakeTime(20);
    LoadRecord load = new LoadRecord("r1", "1", 500, 500, 0, 0, Instant.EPOCH, Instant.EPOCH);
    References references =
        References.of(lab).withParameters(lab.parameterValues(true, Map.of())).withStandIn("1");

    List<StepResult> results =
        new Verification(
                lab,
                new CheckScope(aws, time::target, List.of(load)),
                references,
                new VerifyOptions(Set.of("table", "loaded"), null),
                new VerifyListener() {},
                time.eventually())
            .run();

    assertEquals(CheckStatus.FAILED, results.get(0).status());
    for (CheckResult loaded : results.get(1).checks()) {
      String hint = String.valueOf(loaded.hint());
      assertTrue(hint.startsWith("fix \"table\" (DynamoDB) first"), loaded.toString());
    }
  }
}
