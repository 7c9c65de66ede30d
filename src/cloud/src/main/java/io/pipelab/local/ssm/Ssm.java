package io.pipelab.local.ssm;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ParameterStore;
import java.util.List;

/**
 * Systems Manager: Parameter Store alone, with its own encryption key. Parameter policies, KMS
 * keys, and AWS's public parameters are not part of it.
 */
public final class Ssm implements AwsService {
  private final CloudIdentity identity;
  private final Parameters parameters;
  private final PutParameter put;

  public Ssm(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.parameters = new Parameters(identity);
    this.put = new PutParameter(parameters, new Ciphers(), clock);
  }

  @Override
  public String signingName() {
    return "ssm";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    ParameterActions byName = new ParameterActions(identity, parameters, put);
    byName.addTo(actions);
    new ListActions(identity, parameters, byName).addTo(actions);
    new LabelActions(parameters).addTo(actions);
    new TagActions(parameters).addTo(actions);
    return actions;
  }

  /** The CloudFormation types of Systems Manager. */
  public List<ResourceType> resourceTypes() {
    return List.of(new ParameterResource(identity, parameters, put));
  }

  /** How other services read parameters. */
  public ParameterStore parameterStore() {
    return parameters;
  }
}
