import io.pipelab.local.access.Denials;
import io.pipelab.local.access.Enforcement;
import io.pipelab.local.access.ResourcePolicies;
import io.pipelab.local.dynamodb.DynamoDbService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.SpeedClock;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.HonouredMembers;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * What a call of a lab's role waits for IAM, in nanoseconds: its questions and the decision by the
 * role of the lab decoupling's tasks, beside the same for root, who is not asked.
 */
final class Access {
  private static final int ROUNDS = 200_000;
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[
       {"Sid":"DrainThisQueue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage",
        "sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:us-east-1:000000000000:demo-decoupling-saa"},
       {"Sid":"StoreIntoThisTable","Effect":"Allow","Action":"dynamodb:PutItem",
        "Resource":"arn:aws:dynamodb:us-east-1:000000000000:table/fasttracksaa"}]}""";

  public static void main(String[] arguments) {
    CloudIdentity cloud =
        new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
    PolicySet policies =
        PolicySet.identity(
            List.of(new AttachedPolicy(PolicyKind.IDENTITY, "p", Policy.parse(POLICY))));
    try (SpeedClock clock = new SpeedClock(1)) {
      Enforcement access =
          new Enforcement(
              cloud, clock, caller -> policies, new ResourcePolicies(), new Denials(), true);
      Caller role =
          Caller.RoleSession.of(cloud, "arn:aws:iam::000000000000:role/fasttrack-saa-task", "task");
      Caller root = new Caller.Operator("arn:aws:iam::000000000000:user/me", "key");
      AccessCheck check = new AccessCheck(access, cloud);
      decide(check, role);
      decide(check, root);
      long ofRole = decide(check, role);
      long ofRoot = decide(check, root);
      System.out.println(ofRole + " " + Math.max(1, ofRoot));
    }
  }

  /** Nanoseconds from the decoded request to the decision; a refusal would be thrown. */
  private static long decide(AccessCheck check, Caller caller) {
    HonouredMembers declared = new HonouredMembers("dynamodb", DynamoDbService.class);
    PutItemRequest request = PutItemRequest.builder().tableName("fasttracksaa").build();
    long begin = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      check.require(request, caller, declared, "dynamodb", "id");
    }
    return (System.nanoTime() - begin) / ROUNDS;
  }
}
