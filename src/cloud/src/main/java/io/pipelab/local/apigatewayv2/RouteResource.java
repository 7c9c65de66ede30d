package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.wire.Pojos;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteRouteRequest;

/** AWS::ApiGatewayV2::Route. */
final class RouteResource implements ResourceType {
  private final Apis apis;
  private final RouteActions actions;
  private final CloudClock clock;

  RouteResource(Apis apis, RouteActions actions, CloudClock clock) {
    this.apis = apis;
    this.actions = actions;
    this.clock = clock;
  }

  @Override
  public String typeName() {
    return "AWS::ApiGatewayV2::Route";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        "ApiId", "ApiKeyRequired", "AuthorizationType", "OperationName", "RouteKey", "Target");
  }

  @Override
  public Set<String> required() {
    return Set.of("ApiId", "RouteKey");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("ApiId");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("RouteId");
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String id = actions.createRoute(bind(request)).routeId();
    return PhysicalResource.of(id).with("RouteId", id);
  }

  private static CreateRouteRequest bind(ResourceRequest request) {
    return Pojos.bind(request.properties(), CreateRouteRequest.builder());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    HttpApi api = apis.get(Objects.requireNonNull(after.text("ApiId")));
    api.route(current.physicalId());
    api.put(RouteActions.model(api, bind(after), current.physicalId()), clock.now());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            actions.deleteRoute(
                DeleteRouteRequest.builder()
                    .apiId(last.text("ApiId"))
                    .routeId(current.physicalId())
                    .build()));
  }
}
