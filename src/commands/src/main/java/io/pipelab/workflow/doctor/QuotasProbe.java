package io.pipelab.workflow.doctor;

import io.pipelab.lab.TemplateResource;
import io.pipelab.target.AwsClients;
import io.pipelab.target.ServiceFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.AccountLimit;

/** The quotas of an AWS account that a lab meets first, as far as one call each tells them. */
final class QuotasProbe implements Probe {
  /** Reserved for functions that ask for none of their own; new accounts start with ten in all. */
  private static final int FEW_EXECUTIONS = 10;

  /** What an account may have in a region unless it asked for more ("Amazon VPC quotas"). */
  private static final int USUAL_VPCS = 5;

  private final List<TemplateResource> resources;
  private final AwsClients clients;
  private final int stacks;

  /**
   * The quotas.
   *
   * @param stacks how many stacks the lab makes
   */
  QuotasProbe(List<TemplateResource> resources, AwsClients clients, int stacks) {
    this.resources = resources;
    this.clients = clients;
    this.stacks = stacks;
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(asked("stacks", this::stacks));
    if (uses("AWS::Lambda::Function")) {
      findings.add(asked("concurrent executions", this::executions));
    }
    if (uses("AWS::EC2::VPC")) {
      findings.add(asked("VPCs", this::vpcs));
    }
    return findings;
  }

  private boolean uses(String type) {
    return resources.stream().anyMatch(resource -> resource.type().equals(type));
  }

  private static Finding asked(String what, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (SdkException e) {
      return Finding.note(
          "quotas",
          "the quota of " + what + " is unknown: " + ServiceFailures.explain(e, "").why(),
          null);
    }
  }

  private Finding stacks() {
    int limit =
        clients.cloudFormation().describeAccountLimits().accountLimits().stream()
            .filter(each -> "StackLimit".equals(each.name()))
            .mapToInt(AccountLimit::value)
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    long used = clients.cloudFormation().describeStacksPaginator().stacks().stream().count();
    String what = used + " stacks of " + limit;
    return used + stacks > limit
        ? Finding.stops("quotas", what, "delete stacks, or ask for more in Service Quotas")
        : Finding.ok("quotas", what);
  }

  private Finding executions() {
    Integer left =
        clients.lambda().getAccountSettings().accountLimit().unreservedConcurrentExecutions();
    String what = left + " functions may run at a time";
    return left != null && left < FEW_EXECUTIONS
        ? Finding.note("quotas", what, "ask for more concurrent executions in Service Quotas")
        : Finding.ok("quotas", what);
  }

  private Finding vpcs() {
    long used = clients.ec2().describeVpcsPaginator().vpcs().stream().count();
    String what =
        used + " VPCs are there; an account has " + USUAL_VPCS + " unless it asked for more";
    return used >= USUAL_VPCS
        ? Finding.note("quotas", what, "delete one, or ask for more in Service Quotas")
        : Finding.ok("quotas", what);
  }
}
