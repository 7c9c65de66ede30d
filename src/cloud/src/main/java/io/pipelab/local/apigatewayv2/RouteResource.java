package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.wire.Pojos;
import java.util.Objects;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteRouteRequest;

/** AWS::ApiGatewayV2::Route. */
final class RouteResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ApiGatewayV2::Route")
          .createOnly("ApiId")
          .properties("ApiKeyRequired", "AuthorizationType", "OperationName", "RouteKey", "Target")
          .required("ApiId", "RouteKey")
          .attributes("RouteId");

  private final Apis apis;
  private final RouteActions actions;
  private final CloudClock clock;

  RouteResource(Apis apis, RouteActions actions, CloudClock clock) {
    this.apis = apis;
    this.actions = actions;
    this.clock = clock;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
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
