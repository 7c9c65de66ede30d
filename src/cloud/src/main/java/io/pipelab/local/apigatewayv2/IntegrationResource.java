package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.wire.Pojos;
import java.util.Objects;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteIntegrationRequest;

/** AWS::ApiGatewayV2::Integration. */
final class IntegrationResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ApiGatewayV2::Integration")
          .createOnly("ApiId")
          .properties(
              "ConnectionType",
              "Description",
              "IntegrationMethod",
              "IntegrationType",
              "IntegrationUri",
              "PayloadFormatVersion",
              "RequestParameters",
              "TimeoutInMillis")
          .required("ApiId", "IntegrationType")
          .attributes("IntegrationId");

  private final Apis apis;
  private final IntegrationActions actions;
  private final CloudClock clock;

  IntegrationResource(Apis apis, IntegrationActions actions, CloudClock clock) {
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
    String id = actions.createIntegration(bind(request)).integrationId();
    return PhysicalResource.of(id).with("IntegrationId", id);
  }

  private static CreateIntegrationRequest bind(ResourceRequest request) {
    return Pojos.bind(request.properties(), CreateIntegrationRequest.builder());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    HttpApi api = apis.get(Objects.requireNonNull(after.text("ApiId")));
    api.integration(current.physicalId());
    api.put(IntegrationActions.model(bind(after), current.physicalId()), clock.now());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            actions.deleteIntegration(
                DeleteIntegrationRequest.builder()
                    .apiId(last.text("ApiId"))
                    .integrationId(current.physicalId())
                    .build()));
  }
}
