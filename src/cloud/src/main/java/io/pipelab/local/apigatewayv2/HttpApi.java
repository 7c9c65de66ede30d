package io.pipelab.local.apigatewayv2;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.Deployment;
import software.amazon.awssdk.services.apigatewayv2.model.DeploymentStatus;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.Route;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/** One HTTP API with all that belongs to it. Guarded by its own monitor. */
final class HttpApi {
  /** Deployments that no stage uses are forgotten beyond so many. */
  private static final int MOST_DEPLOYMENTS = 50;

  final String id;
  private Api api;
  private final Map<String, Integration> integrations = new LinkedHashMap<>();
  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, Deployment> deployments = new LinkedHashMap<>();
  private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();

  HttpApi(Api api) {
    this.id = api.apiId();
    this.api = api;
  }

  synchronized Api api() {
    return api;
  }

  synchronized void api(Api changed) {
    api = changed;
  }

  synchronized List<Integration> integrations() {
    return List.copyOf(integrations.values());
  }

  synchronized List<Route> routes() {
    return List.copyOf(routes.values());
  }

  synchronized List<Stage> stages() {
    return List.copyOf(stages.values());
  }

  synchronized List<Deployment> deployments() {
    return List.copyOf(deployments.values());
  }

  /**
   * An integration.
   *
   * @throws io.pipelab.local.kernel.AwsError NotFoundException
   */
  synchronized Integration integration(String integrationId) {
    return known(integrations, "Integration", integrationId);
  }

  /**
   * A route.
   *
   * @throws io.pipelab.local.kernel.AwsError NotFoundException
   */
  synchronized Route route(String routeId) {
    return known(routes, "Route", routeId);
  }

  /**
   * A stage.
   *
   * @throws io.pipelab.local.kernel.AwsError NotFoundException
   */
  synchronized Stage stage(String name) {
    return known(stages, "Stage", name);
  }

  /**
   * A deployment.
   *
   * @throws io.pipelab.local.kernel.AwsError NotFoundException
   */
  synchronized Deployment deployment(String deploymentId) {
    return known(deployments, "Deployment", deploymentId);
  }

  private static <T> T known(Map<String, T> map, String what, String id) {
    T found = map.get(id);
    if (found == null) {
      throw Refusal.unknown(what, id);
    }
    return found;
  }

  /** Adds or replaces an integration; stages that deploy by themselves serve it at once. */
  synchronized void put(Integration integration, Instant now) {
    integrations.put(integration.integrationId(), integration);
    autoDeploy(now);
  }

  /**
   * Adds or replaces a route.
   *
   * @throws io.pipelab.local.kernel.AwsError ConflictException when another route has the key
   */
  synchronized void put(Route route, Instant now) {
    for (Route each : routes.values()) {
      if (each.routeKey().equals(route.routeKey()) && !each.routeId().equals(route.routeId())) {
        throw Refusal.conflict(
            "Route with key " + route.routeKey() + " already exists for this API");
      }
    }
    routes.put(route.routeId(), route);
    autoDeploy(now);
  }

  /**
   * Takes an integration away.
   *
   * @throws io.pipelab.local.kernel.AwsError ConflictException when a route leads to it
   */
  synchronized void removeIntegration(String integrationId, Instant now) {
    integration(integrationId);
    for (Route route : routes.values()) {
      if (("integrations/" + integrationId).equals(route.target())) {
        throw Refusal.conflict(
            "Cannot delete Integration '"
                + integrationId
                + "' due to existing Route(s) that use it");
      }
    }
    integrations.remove(integrationId);
    autoDeploy(now);
  }

  synchronized void removeRoute(String routeId, Instant now) {
    route(routeId);
    routes.remove(routeId);
    autoDeploy(now);
  }

  /** Adds or replaces a stage; one that deploys by itself serves what there is. */
  synchronized void put(Stage stage, Instant now) {
    stages.put(stage.stageName(), stage);
    if (Boolean.TRUE.equals(stage.autoDeploy())) {
      autoDeploy(now);
    }
  }

  synchronized void removeStage(String name) {
    stage(name);
    stages.remove(name);
  }

  synchronized boolean hasStage(String name) {
    return stages.containsKey(name);
  }

  /** Freezes the routes and integrations as they are. */
  synchronized Deployment deploy(String description, boolean auto, Instant now) {
    Deployment.Builder made =
        Deployment.builder()
            .deploymentId(Ids.deployment())
            .autoDeployed(auto)
            .createdDate(now)
            .deploymentStatus(DeploymentStatus.DEPLOYED);
    Deployment deployment = (description.isEmpty() ? made : made.description(description)).build();
    deployments.put(deployment.deploymentId(), deployment);
    snapshots.put(
        deployment.deploymentId(),
        new Snapshot(List.copyOf(routes.values()), Map.copyOf(integrations)));
    return deployment;
  }

  /** Replaces what is said of a deployment. */
  synchronized void put(Deployment deployment) {
    deployments.put(deployment.deploymentId(), deployment);
  }

  /**
   * Takes a deployment away.
   *
   * @throws io.pipelab.local.kernel.AwsError ConflictException when a stage serves it
   */
  synchronized void removeDeployment(String deploymentId) {
    deployment(deploymentId);
    if (used(deploymentId)) {
      throw Refusal.conflict("Active stages pointing to this deployment must be moved or deleted");
    }
    deployments.remove(deploymentId);
    snapshots.remove(deploymentId);
  }

  private boolean used(String deploymentId) {
    return stages.values().stream().anyMatch(each -> deploymentId.equals(each.deploymentId()));
  }

  /** What a stage serves now; nothing as long as nothing was deployed to it. */
  synchronized Snapshot served(Stage stage) {
    return stage.deploymentId() == null
        ? Snapshot.EMPTY
        : snapshots.getOrDefault(stage.deploymentId(), Snapshot.EMPTY);
  }

  private void autoDeploy(Instant now) {
    if (stages.values().stream().noneMatch(each -> Boolean.TRUE.equals(each.autoDeploy()))) {
      return;
    }
    Deployment deployment =
        deploy("Automatic deployment triggered by changes to the Api configuration", true, now);
    stages.replaceAll(
        (name, stage) ->
            Boolean.TRUE.equals(stage.autoDeploy())
                ? stage.toBuilder()
                    .deploymentId(deployment.deploymentId())
                    .lastUpdatedDate(now)
                    .lastDeploymentStatusMessage(
                        "Successfully deployed stage with deployment ID '"
                            + deployment.deploymentId()
                            + "'")
                    .build()
                : stage);
    forgetOld();
  }

  private void forgetOld() {
    List<String> unused =
        deployments.values().stream()
            .filter(each -> Boolean.TRUE.equals(each.autoDeployed()))
            .map(Deployment::deploymentId)
            .filter(each -> !used(each))
            .toList();
    for (String each : unused.subList(0, Math.max(0, unused.size() - MOST_DEPLOYMENTS))) {
      deployments.remove(each);
      snapshots.remove(each);
    }
  }
}
