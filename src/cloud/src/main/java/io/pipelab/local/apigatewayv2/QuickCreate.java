package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.CloudClock;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;

/** An API that is created with a target gets an integration, a route and the stage of its own. */
final class QuickCreate {
  private final CloudClock clock;

  QuickCreate(CloudClock clock) {
    this.clock = clock;
  }

  void wire(HttpApi api, CreateApiRequest request) {
    String integrationId = Ids.part();
    api.put(
        IntegrationActions.model(
            CreateIntegrationRequest.builder()
                .integrationType(IntegrationType.AWS_PROXY)
                .integrationUri(request.target())
                .payloadFormatVersion("2.0")
                .build(),
            integrationId),
        clock.now());
    api.put(
        RouteActions.model(
            api,
            CreateRouteRequest.builder()
                .routeKey(request.routeKey() == null ? RouteKey.DEFAULT : request.routeKey())
                .target("integrations/" + integrationId)
                .build(),
            Ids.part()),
        clock.now());
    api.put(
        StageActions.model(
            api,
            CreateStageRequest.builder().stageName(RouteKey.DEFAULT).autoDeploy(true).build(),
            clock.now()),
        clock.now());
  }
}
