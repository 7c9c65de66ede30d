package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private final Lab lab = LabCatalog.in(Path.of("templates")).lab("decoupling");

  @Test
  void valuesTakeThePlaceOfReferences() {
    References references =
        References.of(lab)
            .withOutputs(Map.of("QueueUrl", "http://q/$1"))
            .withParameters(Map.of("TaskCount", "4"))
            .withImage("consumer", "repo@sha256:1", "sha256:1")
            .withArtifact("functions", "bucket", "key")
            .with("run.id", "r1");

    assertEquals(
        "http://q/$1 4 repo@sha256:1 sha256:1 bucket/key r1",
        references.resolve(
            "${outputs.QueueUrl} ${param.TaskCount} ${image.consumer.uri} ${image.consumer.digest}"
                + " ${artifact.functions.bucket}/${artifact.functions.key} ${run.id}"));
  }

  @Test
  void settingsAreResolvedHoweverDeep() {
    References references = References.of(lab).with("region", "eu-west-1");

    assertEquals(
        Map.of("list", List.of(Map.of("a", "eu-west-1"), 5L)),
        references.resolveSettings(Map.of("list", List.of(Map.of("a", "${region}"), 5L))));
  }

  @Test
  void aLateValueIsAskedForOnlyWhenATextHasIt() {
    References references =
        References.of(lab)
            .withLate(
                Map.of(
                    "account",
                    () -> "000000000000",
                    "region",
                    () -> {
                      throw new AssertionError("nobody refers to it");
                    }))
            .with("run.id", "r1");

    assertEquals("arn:000000000000:r1", references.resolve("arn:${account}:${run.id}"));
  }

  @Test
  void aReferenceWithoutValueIsToldWithItsLine() {
    References references = References.of(lab).withOutputs(Map.of("QueueUrls", "x"));

    ManifestError error =
        assertThrows(ManifestError.class, () -> references.resolve("${outputs.QueueUrl}"));

    ManifestError.Mistake mistake = error.mistakes().get(0);
    assertEquals(
        "unknown reference ${outputs.QueueUrl}; did you mean ${outputs.QueueUrls}?",
        mistake.message());
    assertTrue(mistake.place().file().endsWith("templates/decoupling/lab.yaml"));
    assertTrue(mistake.place().line() > 1);
  }

  @Test
  void parametersTakeTheLocalDefaultAndTheUsersValue() {
    assertEquals("20", lab.parameterValues(true, Map.of()).get("ProcessingMillis"));
    assertEquals("1000", lab.parameterValues(false, Map.of()).get("ProcessingMillis"));
    assertEquals("7", lab.parameterValues(true, Map.of("TaskCount", "7")).get("TaskCount"));
    UnknownName unknown =
        assertThrows(UnknownName.class, () -> lab.parameterValues(true, Map.of("TaskCuont", "7")));
    assertEquals(
        "there is no parameter \"TaskCuont\"; did you mean \"TaskCount\"?", unknown.getMessage());
  }
}
