package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.Metrics;
import java.util.List;

/** API Gateway of the embedded cloud: HTTP APIs in front of functions and URLs. */
public final class ApiGateway implements AwsService {
  private final ApiActions apiActions;
  private final IntegrationActions integrationActions;
  private final RouteActions routeActions;
  private final StageActions stageActions;
  private final DeploymentActions deploymentActions;
  private final TagActions tagActions;
  private final ApiEndpoint endpoint;
  private final Apis apis = new Apis();
  private final CloudClock clock;

  public ApiGateway(
      CloudIdentity identity,
      CloudClock clock,
      FunctionInvoker functions,
      LogSink logs,
      Metrics metrics) {
    this.clock = clock;
    this.apiActions = new ApiActions(apis, identity, clock, new QuickCreate(clock));
    this.integrationActions = new IntegrationActions(apis, clock);
    this.routeActions = new RouteActions(apis, clock);
    this.stageActions = new StageActions(apis, clock);
    this.deploymentActions = new DeploymentActions(apis, clock);
    this.tagActions = new TagActions(apis, clock);
    ApiMetrics apiMetrics = new ApiMetrics(metrics);
    this.endpoint =
        new ApiEndpoint(
            identity,
            clock,
            apis,
            new FunctionCall(functions, apiMetrics),
            new UrlCall(apiMetrics),
            new AccessLog(logs),
            apiMetrics);
  }

  @Override
  public String signingName() {
    return "apigateway";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    apiActions.addTo(actions);
    integrationActions.addTo(actions);
    routeActions.addTo(actions);
    stageActions.addTo(actions);
    deploymentActions.addTo(actions);
    tagActions.addTo(actions);
    return actions;
  }

  /** Where the APIs are called. */
  public HttpEndpoint endpoint() {
    return endpoint;
  }

  /** The AWS::ApiGatewayV2 types of CloudFormation. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new ApiResource(apis, apiActions),
        new IntegrationResource(apis, integrationActions, clock),
        new RouteResource(apis, routeActions, clock),
        new StageResource(apis, stageActions, clock),
        new DeploymentResource(apis, deploymentActions));
  }
}
