package io.pipelab.local.cloudformation.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicReferenceTest {
  private static final String ARN =
      "arn:aws:secretsmanager:us-east-1:000000000000:secret:db-AbCdEf";

  private static DynamicReference one(String inside) {
    List<DynamicReference> all = DynamicReference.all("{{resolve:" + inside + "}}");
    assertEquals(1, all.size());
    return all.get(0);
  }

  private static DynamicReference.Secret secret(
      String id, String key, String stage, String version) {
    return new DynamicReference.Secret(id, key, stage, version);
  }

  @Test
  void secretsHaveAnIdAndUpToFourPartsMore() {
    assertEquals(secret("db", null, null, null), one("secretsmanager:db"));
    assertEquals(secret("db", null, null, null), one("secretsmanager:db:SecretString"));
    assertEquals(
        secret("db", "password", null, null), one("secretsmanager:db:SecretString:password"));
    assertEquals(
        secret("db", "password", null, null), one("secretsmanager:db:SecretString:password::"));
    assertEquals(
        secret("db", "password", "AWSPREVIOUS", null),
        one("secretsmanager:db:SecretString:password:AWSPREVIOUS"));
    assertEquals(
        secret(ARN, "a b", null, "1234"), one("secretsmanager:" + ARN + ":SecretString:a b::1234"));
    assertEquals(secret(ARN, null, null, null), one("secretsmanager:" + ARN));
  }

  @Test
  void parametersHaveANameAndPerhapsAVersion() {
    assertEquals(new DynamicReference.Parameter("/a/b.c-d", null, false), one("ssm:/a/b.c-d"));
    assertEquals(new DynamicReference.Parameter("a", "3", false), one("ssm:a:3"));
    assertEquals(new DynamicReference.Parameter("a", "12", true), one("ssm-secure:a:12"));
  }

  @Test
  void severalStandInOneTextAndValuesAreNotLookedAtAgain() {
    String text = "mysql://{{resolve:ssm:user}}:{{resolve:secretsmanager:db}}@h/{{x}}";
    assertEquals(
        "mysql://{{resolve:ssm:y}}$1:{{resolve:ssm:y}}$1@h/{{x}}",
        DynamicReference.replace(text, reference -> "{{resolve:ssm:y}}$1"));
    assertFalse(DynamicReference.isIn("{{resolve}} {resolve:ssm:x} ${AWS::Region}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssm:",
        "ssm:a:",
        "ssm:a:b",
        "ssm:a b",
        "ssm-secure:/x:",
        "secretsmanager:",
        "secretsmanager:db:SecretBinary",
        "secretsmanager:db:SecretString:k:AWSCURRENT:123",
        "secretsmanager:db:SecretString:k::1:2",
        "secretsmanager:arn:aws:x"
      })
  void malformedOnesAreRefused(String inside) {
    AwsError error = assertThrows(AwsError.class, () -> one(inside));
    assertEquals(
        "Incorrect format is used in the following "
            + (inside.startsWith("ssm") ? "SSM" : "Secrets Manager")
            + " reference: [{{resolve:"
            + inside
            + "}}]",
        error.getMessage());
  }

  @Test
  void otherServicesAreRefusedByName() {
    AwsError error = assertThrows(AwsError.class, () -> one("vault:x"));
    assertEquals(true, error.getMessage().contains("Unsupported service vault"), error.toString());
  }
}
