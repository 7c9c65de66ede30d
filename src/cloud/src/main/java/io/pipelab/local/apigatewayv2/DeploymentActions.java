package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import software.amazon.awssdk.services.apigatewayv2.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateDeploymentResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteDeploymentResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Deployment;
import software.amazon.awssdk.services.apigatewayv2.model.GetDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetDeploymentResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetDeploymentsResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateDeploymentResponse;

/** CreateDeployment and the like: snapshots for stages that do not deploy by themselves. */
final class DeploymentActions {
  private final Apis apis;
  private final CloudClock clock;

  DeploymentActions(Apis apis, CloudClock clock) {
    this.apis = apis;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateDeploymentRequest.class, this::createDeployment)
        .on(GetDeploymentRequest.class, this::getDeployment)
        .on(GetDeploymentsRequest.class, this::getDeployments)
        .on(UpdateDeploymentRequest.class, this::updateDeployment)
        .on(DeleteDeploymentRequest.class, this::deleteDeployment);
  }

  CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Stage stage = request.stageName() == null ? null : manualStage(api, request.stageName());
      if (api.routes().isEmpty()) {
        throw Refusal.badRequest("At least one route is required before deploying the Api.");
      }
      Deployment made =
          api.deploy(
              request.description() == null ? "" : request.description(), false, clock.now());
      if (stage != null) {
        api.put(stage.toBuilder().deploymentId(made.deploymentId()).build(), clock.now());
      }
      return SameMembers.copy(made, CreateDeploymentResponse.builder()).build();
    }
  }

  private static Stage manualStage(HttpApi api, String name) {
    Stage stage = api.stage(name);
    if (Boolean.TRUE.equals(stage.autoDeploy())) {
      throw Refusal.badRequest("Deploying to a stage with AutoDeploy enabled is not allowed");
    }
    return stage;
  }

  /** Lets a stage serve a deployment that is there. */
  void deployTo(String stageName, String apiId, String deploymentId) {
    HttpApi api = apis.get(apiId);
    synchronized (api) {
      api.deployment(deploymentId);
      Stage stage = manualStage(api, stageName);
      api.put(stage.toBuilder().deploymentId(deploymentId).build(), clock.now());
    }
  }

  /** Changes the description; the routes stay as they were deployed. */
  UpdateDeploymentResponse updateDeployment(UpdateDeploymentRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Deployment old = api.deployment(request.deploymentId());
      String description =
          request.description() == null ? old.description() : request.description();
      Deployment changed = old.toBuilder().description(description).build();
      api.put(changed);
      return SameMembers.copy(changed, UpdateDeploymentResponse.builder()).build();
    }
  }

  private GetDeploymentResponse getDeployment(GetDeploymentRequest request) {
    Deployment found = apis.get(request.apiId()).deployment(request.deploymentId());
    return SameMembers.copy(found, GetDeploymentResponse.builder()).build();
  }

  private GetDeploymentsResponse getDeployments(GetDeploymentsRequest request) {
    Page<Deployment> page =
        ListPage.of(
            apis.get(request.apiId()).deployments(), request.nextToken(), request.maxResults());
    return GetDeploymentsResponse.builder().items(page.items()).nextToken(page.next()).build();
  }

  DeleteDeploymentResponse deleteDeployment(DeleteDeploymentRequest request) {
    apis.get(request.apiId()).removeDeployment(request.deploymentId());
    return DeleteDeploymentResponse.builder().build();
  }
}
