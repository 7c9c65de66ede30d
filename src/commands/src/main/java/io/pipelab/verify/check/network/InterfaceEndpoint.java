package io.pipelab.verify.check.network;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyJson;
import io.pipelab.verify.check.policy.PolicyStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * A VPC reaches a service of AWS by an interface endpoint: in these subnets, under the service's
 * own name, behind this security group, and for one action on one resource.
 *
 * @param service the end of the service's name: {@code sns}
 */
public record InterfaceEndpoint(
    String vpc, String service, List<String> subnets, String group, String action, String resource)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("interface-endpoint")
          .needs("vpc", "service", "subnets", "group", "action", "resource")
          .madeBy(
              settings ->
                  new InterfaceEndpoint(
                      settings.text("vpc"),
                      settings.text("service"),
                      List.of(settings.text("subnets").split(",")),
                      settings.text("group"),
                      settings.text("action"),
                      settings.text("resource")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "an endpoint for %s in %d subnets, with its private name, for %s on %s"
                .formatted(service, subnets.size(), action, name(resource)));
    List<VpcEndpoint> found =
        scope
            .clients()
            .ec2()
            .describeVpcEndpoints(
                describe ->
                    describe.filters(
                        Filter.builder().name("vpc-id").values(vpc).build(),
                        Filter.builder().name("vpc-endpoint-type").values("Interface").build()))
            .vpcEndpoints()
            .stream()
            .filter(endpoint -> endpoint.serviceName().endsWith("." + service))
            .filter(endpoint -> !endpoint.stateAsString().toLowerCase().startsWith("delet"))
            .toList();
    if (found.isEmpty()) {
      // One made by hand would belong to no stack, and hold the stack's subnets when that is
      // deleted: what the manifest tells is done instead.
      return claim.never("there is no endpoint for " + service + " in " + vpc);
    }
    VpcEndpoint endpoint = found.get(0);
    if (endpoint.stateAsString().equalsIgnoreCase("pending")) {
      return claim.notYet(endpoint.vpcEndpointId() + " is " + endpoint.stateAsString());
    }
    List<String> wrong = differences(endpoint);
    Observation seen = claim.unless(wrong, endpoint.vpcEndpointId() + ", exactly that");
    return wrong.isEmpty() ? seen : seen.fixedBy(modify(endpoint));
  }

  private List<String> differences(VpcEndpoint endpoint) {
    List<String> wrong = new ArrayList<>();
    if (!endpoint.stateAsString().equalsIgnoreCase("available")) {
      wrong.add("it is " + endpoint.stateAsString());
    }
    if (!new TreeSet<>(endpoint.subnetIds()).equals(new TreeSet<>(subnets))) {
      wrong.add("it is in " + String.join(", ", endpoint.subnetIds()));
    }
    List<String> groups = endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    if (!groups.equals(List.of(group))) {
      wrong.add("its security groups are " + String.join(", ", groups));
    }
    if (!Boolean.TRUE.equals(endpoint.privateDnsEnabled())) {
      wrong.add("its private name is off: functions go by the public one, and reach nothing");
    }
    wrong.addAll(policyDifferences(endpoint.policyDocument()));
    return wrong;
  }

  private List<String> policyDifferences(String document) {
    List<String> wrong = new ArrayList<>();
    boolean allowed = false;
    for (PolicyStatement statement : PolicyStatement.parse(document)) {
      if (!statement.allow()) {
        wrong.add("its policy denies " + String.join(", ", statement.actions()));
        continue;
      }
      wrong.addAll(statement.odd());
      for (String may : statement.actions()) {
        for (String on : statement.resources()) {
          boolean same = may.equalsIgnoreCase(action) && on.equals(resource);
          allowed = allowed || same;
          if (!same) {
            wrong.add("its policy also allows " + may + " on " + on);
          }
        }
      }
    }
    if (!allowed) {
      wrong.add("its policy does not allow " + action + " on " + resource);
    }
    return wrong;
  }

  private ShellCommand modify(VpcEndpoint endpoint) {
    List<String> call = new ArrayList<>(List.of("aws", "ec2", "modify-vpc-endpoint"));
    call.addAll(List.of("--vpc-endpoint-id", endpoint.vpcEndpointId(), "--private-dns-enabled"));
    call.addAll(List.of("--policy-document", policy()));
    change(call, "subnet-ids", endpoint.subnetIds(), subnets);
    change(
        call,
        "security-group-ids",
        endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList(),
        List.of(group));
    return new ShellCommand(List.of(call));
  }

  private static void change(
      List<String> call, String option, List<String> has, List<String> wanted) {
    List<String> more = wanted.stream().filter(id -> !has.contains(id)).toList();
    List<String> less = has.stream().filter(id -> !wanted.contains(id)).toList();
    if (!more.isEmpty()) {
      call.add("--add-" + option);
      call.addAll(more);
    }
    if (!less.isEmpty()) {
      call.add("--remove-" + option);
      call.addAll(less);
    }
  }

  private String policy() {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Allow");
    statement.put("Principal", "*");
    statement.put("Action", action);
    statement.put("Resource", resource);
    return PolicyJson.document(List.of(statement));
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
