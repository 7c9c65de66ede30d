package io.pipelab.verify.check.function;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/**
 * A function runs in these subnets of a VPC, behind this security group.
 *
 * @param subnets their ids
 */
public record FunctionNetwork(String function, List<String> subnets, String group)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("function-network")
          .needs("function", "subnets", "group")
          .madeBy(
              settings ->
                  new FunctionNetwork(
                      settings.text("function"),
                      List.of(settings.text("subnets").split(",")),
                      settings.text("group")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(function + ": " + words(subnets, List.of(group)));
    VpcConfigResponse has;
    try {
      has =
          scope
              .clients()
              .lambda()
              .getFunctionConfiguration(get -> get.functionName(function))
              .vpcConfig();
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no function " + function);
    }
    if (has == null || has.subnetIds().isEmpty()) {
      return claim.never(function + " is in no VPC").fixedBy(fix());
    }
    String actual = function + ": " + words(has.subnetIds(), has.securityGroupIds());
    return actual.equals(claim.expected())
        ? claim.holds(actual)
        : claim.never(actual).fixedBy(fix());
  }

  private String[] fix() {
    return new String[] {
      "aws",
      "lambda",
      "update-function-configuration",
      "--function-name",
      function,
      "--vpc-config",
      "SubnetIds=" + String.join(",", subnets) + ",SecurityGroupIds=" + group
    };
  }

  private static String words(List<String> subnets, List<String> groups) {
    return "in "
        + String.join(", ", new TreeSet<>(subnets))
        + " behind "
        + String.join(", ", new TreeSet<>(groups));
  }
}
