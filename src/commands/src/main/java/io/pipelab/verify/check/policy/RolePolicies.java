package io.pipelab.verify.check.policy;

import io.pipelab.lab.Settings;
import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.Grants.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role trusts these principals and may do exactly this: anything wider fails, and so does
 * anything that is missing.
 *
 * @param policy what the inline policy is called that the fix writes: the template's name, because
 *     CloudFormation deletes a role only with the policies that it made itself
 * @param managed the AWS managed policies, by the end of their ARNs: {@code service-role/NAME}
 */
public record RolePolicies(
    String role, List<String> trust, List<String> managed, List<Grant> allow, String policy)
    implements Check {
  private static final String ANY_NAME = "pipelab";

  public static final CheckType TYPE =
      CheckType.named("role-policies")
          .needs("role", "trust")
          .takes("managed", "allow", "policy")
          .madeBy(
              settings ->
                  new RolePolicies(
                      settings.text("role"),
                      settings.texts("trust"),
                      settings.texts("managed"),
                      grants(settings),
                      settings.textOr("policy", ANY_NAME)));

  private static List<Grant> grants(Settings settings) {
    List<Grant> grants = new ArrayList<>();
    for (Settings allow : settings.each("allow")) {
      Map<String, Map<String, List<String>>> condition =
          PolicyStatement.conditionOf(allow.inner("condition"));
      for (String action : allow.texts("actions")) {
        for (String resource : allow.texts("resources")) {
          grants.add(new Grant(action, resource, condition));
        }
      }
    }
    return grants;
  }

  @Override
  public Observation look(CheckScope scope) {
    IamClient iam = scope.clients().iam();
    Claim claim = Observation.expect(role + ": " + words());
    Role found;
    try {
      found = iam.getRole(get -> get.roleName(role)).role();
    } catch (NoSuchEntityException e) {
      return claim.lacks("there is no role " + role);
    }
    List<String> wrong = new ArrayList<>(trustDifferences(found));
    Grants grants = new Grants(allow);
    addInline(iam, grants);
    wrong.addAll(addAttached(iam, grants));
    wrong.addAll(grants.differences());
    Observation seen = claim.unless(wrong, "exactly that");
    return wrong.isEmpty() ? seen : seen.fixedBy(fix(iam, found));
  }

  /** Takes every other policy away, and gives the role what it should have. */
  private ShellCommand fix(IamClient iam, Role found) {
    List<List<String>> calls = new ArrayList<>();
    String principals = PolicyJson.text(trust.size() == 1 ? trust.get(0) : trust);
    if (!trustDifferences(found).isEmpty()) {
      String document =
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
              + "\"Principal\":{\"Service\":%s},\"Action\":\"sts:AssumeRole\"}]}"
                  .formatted(principals);
      calls.add(call("update-assume-role-policy", "--policy-document", document));
    }
    for (String inline : iam.listRolePoliciesPaginator(list -> list.roleName(role)).policyNames()) {
      if (allow.isEmpty() || !inline.equals(policy)) {
        calls.add(call("delete-role-policy", "--policy-name", inline));
      }
    }
    List<String> missing = new ArrayList<>(managed);
    for (AttachedPolicy attached :
        iam.listAttachedRolePoliciesPaginator(list -> list.roleName(role)).attachedPolicies()) {
      if (!missing.removeIf(name -> attached.policyArn().endsWith(":policy/" + name))) {
        calls.add(call("detach-role-policy", "--policy-arn", attached.policyArn()));
      }
    }
    String partition = found.arn().split(":", 3)[1];
    for (String name : missing) {
      String arn = "arn:" + partition + ":iam::aws:policy/" + name;
      calls.add(call("attach-role-policy", "--policy-arn", arn));
    }
    if (!allow.isEmpty()) {
      String document = PolicyJson.document(allow.stream().map(Grant::statement).toList());
      calls.add(call("put-role-policy", "--policy-name", policy, "--policy-document", document));
    }
    return new ShellCommand(calls);
  }

  private List<String> call(String action, String... more) {
    List<String> call = new ArrayList<>(List.of("aws", "iam", action, "--role-name", role));
    call.addAll(List.of(more));
    return call;
  }

  private String words() {
    List<String> words = new ArrayList<>(managed);
    allow.stream().map(Grant::action).distinct().forEach(words::add);
    return String.join(", ", words) + " for " + String.join(", ", trust) + ", nothing wider";
  }

  private List<String> trustDifferences(Role found) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> trusted = new TreeSet<>();
    for (PolicyStatement statement : PolicyStatement.parse(found.assumeRolePolicyDocument())) {
      if (statement.allow()) {
        trusted.addAll(statement.principals());
        differences.addAll(statement.odd());
      }
    }
    if (!trusted.equals(new TreeSet<>(trust))) {
      differences.add("trusts " + (trusted.isEmpty() ? "nobody" : String.join(", ", trusted)));
    }
    return differences;
  }

  private void addInline(IamClient iam, Grants grants) {
    for (String policy : iam.listRolePoliciesPaginator(list -> list.roleName(role)).policyNames()) {
      String document =
          iam.getRolePolicy(get -> get.roleName(role).policyName(policy)).policyDocument();
      grants.add(PolicyStatement.parse(document));
    }
  }

  /** Policies of the account are read; those of AWS must be the ones that are expected. */
  private List<String> addAttached(IamClient iam, Grants grants) {
    List<String> missing = new ArrayList<>(managed);
    List<String> wrong = new ArrayList<>();
    for (AttachedPolicy policy :
        iam.listAttachedRolePoliciesPaginator(list -> list.roleName(role)).attachedPolicies()) {
      String arn = policy.policyArn();
      if (missing.removeIf(name -> arn.endsWith(":policy/" + name))) {
        continue;
      }
      if (arn.contains(":iam::aws:policy/")) {
        wrong.add("has " + policy.policyName() + " attached");
      } else {
        grants.add(PolicyStatement.parse(document(iam, arn)));
      }
    }
    missing.forEach(name -> wrong.add("lacks " + name));
    return wrong;
  }

  private static String document(IamClient iam, String arn) {
    String version = iam.getPolicy(get -> get.policyArn(arn)).policy().defaultVersionId();
    PolicyVersion policy =
        iam.getPolicyVersion(get -> get.policyArn(arn).versionId(version)).policyVersion();
    return policy.document();
  }
}
