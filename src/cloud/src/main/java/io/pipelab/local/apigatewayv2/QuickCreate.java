package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.CloudClock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.Route;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/** An API that is created with a target gets an integration, a route and the stage of its own. */
final class QuickCreate {
  private final CloudClock clock;

  QuickCreate(CloudClock clock) {
    this.clock = clock;
  }

  void wire(HttpApi api, CreateApiRequest request) {
    String integrationId = Ids.part();
    api.put(integration(request.target(), integrationId), clock.now());
    String routeKey = request.routeKey() == null ? RouteKey.DEFAULT : request.routeKey();
    api.put(route(api, routeKey, "integrations/" + integrationId, Ids.part()), clock.now());
    Stage stage =
        StageActions.model(
            api,
            CreateStageRequest.builder().stageName(RouteKey.DEFAULT).autoDeploy(true).build(),
            clock.now());
    api.put(stage.toBuilder().apiGatewayManaged(true).build(), clock.now());
  }

  private static Integration integration(String target, String id) {
    CreateIntegrationRequest.Builder request =
        CreateIntegrationRequest.builder().integrationUri(target);
    if (target.startsWith("arn:")) {
      request.integrationType(IntegrationType.AWS_PROXY).payloadFormatVersion("2.0");
    } else {
      request.integrationType(IntegrationType.HTTP_PROXY).integrationMethod(RouteKey.ANY);
    }
    return IntegrationActions.model(request.build(), id).toBuilder()
        .apiGatewayManaged(true)
        .build();
  }

  private static Route route(HttpApi api, String key, String target, String id) {
    CreateRouteRequest request = CreateRouteRequest.builder().routeKey(key).target(target).build();
    return RouteActions.model(api, request, id).toBuilder().apiGatewayManaged(true).build();
  }

  /**
   * Changes the target or the route that the API was created with; null leaves one as it is.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException when it was created without
   */
  void change(HttpApi api, @Nullable String target, @Nullable String routeKey) {
    synchronized (api) {
      if (target != null) {
        Integration old = managed(api.integrations(), Integration::apiGatewayManaged);
        api.put(integration(target, old.integrationId()), clock.now());
      }
      if (routeKey != null) {
        Route old = managed(api.routes(), Route::apiGatewayManaged);
        api.put(route(api, routeKey, old.target(), old.routeId()), clock.now());
      }
    }
  }

  private static <T> T managed(List<T> all, Function<T, @Nullable Boolean> isManaged) {
    return all.stream()
        .filter(each -> Boolean.TRUE.equals(isManaged.apply(each)))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "RouteKey and Target can only be updated for APIs that were created with a"
                        + " Target"));
  }
}
