package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import software.amazon.awssdk.services.apigatewayv2.model.AuthorizationType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetRouteResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetRoutesRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetRoutesResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Route;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateRouteResponse;

/** CreateRoute and the like: which requests lead to which integration. */
final class RouteActions {
  private final Apis apis;
  private final CloudClock clock;

  RouteActions(Apis apis, CloudClock clock) {
    this.apis = apis;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateRouteRequest.class, this::createRoute)
        .on(GetRouteRequest.class, this::getRoute)
        .on(GetRoutesRequest.class, this::getRoutes)
        .on(UpdateRouteRequest.class, this::updateRoute)
        .on(DeleteRouteRequest.class, this::deleteRoute);
  }

  CreateRouteResponse createRoute(CreateRouteRequest request) {
    HttpApi api = apis.get(request.apiId());
    Route made = model(api, request, Ids.part());
    api.put(made, clock.now());
    return SameMembers.copy(made, CreateRouteResponse.builder()).build();
  }

  /**
   * The route of a request, checked.
   *
   * @throws AwsError BadRequestException; NotImplemented for authorizers
   */
  static Route model(HttpApi api, CreateRouteRequest request, String id) {
    return checked(api, SameMembers.copy(request, Route.builder()).routeId(id).build());
  }

  private static Route checked(HttpApi api, Route route) {
    if (route.routeKey() == null) {
      throw Refusal.badRequest("RouteKey is required");
    }
    RouteKey.parse(route.routeKey());
    if (route.authorizationType() != null && route.authorizationType() != AuthorizationType.NONE) {
      throw AwsError.notImplemented(
          "routes with the authorization type " + route.authorizationTypeAsString());
    }
    if (route.target() != null) {
      String target = route.target();
      if (!target.startsWith("integrations/")) {
        throw Refusal.badRequest("Invalid target specified: " + target);
      }
      api.integration(target.substring("integrations/".length()));
    }
    return route.toBuilder()
        .apiKeyRequired(false)
        .authorizationType(AuthorizationType.NONE)
        .build();
  }

  private GetRouteResponse getRoute(GetRouteRequest request) {
    Route found = apis.get(request.apiId()).route(request.routeId());
    return SameMembers.copy(found, GetRouteResponse.builder()).build();
  }

  private GetRoutesResponse getRoutes(GetRoutesRequest request) {
    Page<Route> page =
        ListPage.of(apis.get(request.apiId()).routes(), request.nextToken(), request.maxResults());
    return GetRoutesResponse.builder().items(page.items()).nextToken(page.next()).build();
  }

  private UpdateRouteResponse updateRoute(UpdateRouteRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Route before = api.route(request.routeId());
      Route after = checked(api, SameMembers.copy(request, before.toBuilder()).build());
      api.put(after, clock.now());
      return SameMembers.copy(after, UpdateRouteResponse.builder()).build();
    }
  }

  DeleteRouteResponse deleteRoute(DeleteRouteRequest request) {
    apis.get(request.apiId()).removeRoute(request.routeId(), clock.now());
    return DeleteRouteResponse.builder().build();
  }
}
