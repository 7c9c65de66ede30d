package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** AWS's own managed policies ("AWS Managed Policy Reference Guide"). */
class AwsManagedPoliciesTest {
  private final ManagedPolicies policies =
      new ManagedPolicies(
          new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1")),
          new ManualClock());

  @Test
  void eachHasADocumentThatIamAcceptsAndDatesOfItsOwn() {
    List<ManagedPolicy> all = policies.list("AWS");
    assertTrue(all.size() >= 19, () -> all.size() + " policies");
    for (ManagedPolicy policy : all) {
      Document read = Document.managedPolicy(policy.document().json().toString());
      assertEquals(policy.document().json(), read.json(), policy.arn());
      assertFalse(policy.created().isBefore(Instant.parse("2015-02-06T18:39:46Z")), policy.arn());
      assertFalse(policy.updated().isBefore(policy.created()), policy.arn());
      assertTrue(policy.created().isBefore(policy.updated()) || policy.defaultVersion() == 1);
    }
  }

  @Test
  void oneIsAsAwsHasIt() {
    ManagedPolicy vpc =
        policies.get("arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole");
    assertEquals("/service-role/", vpc.path());
    assertEquals(3, vpc.defaultVersion());
    assertEquals(Instant.parse("2016-02-11T23:15:26Z"), vpc.created());
    assertEquals(Instant.parse("2024-01-05T22:38:26Z"), vpc.updated());
  }

  @Test
  void nobodyChangesThem() {
    String arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    assertThrows(AwsError.class, () -> policies.change(arn, same -> same));
    AwsError unknown =
        assertThrows(
            AwsError.class,
            () -> policies.attachable("arn:aws:iam::aws:policy/AmazonEKSFullAccess"));
    assertEquals("NoSuchEntity", unknown.code());
  }
}
