package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteApiRequest;

/** AWS::ApiGatewayV2::Api. */
final class ApiResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ApiGatewayV2::Api")
          .createOnly("ProtocolType")
          .properties(
              "CorsConfiguration",
              "Description",
              "DisableExecuteApiEndpoint",
              "IpAddressType",
              "Name",
              "RouteSelectionExpression",
              "Tags",
              "Version",
              "RouteKey",
              "Target")
          .required("Name", "ProtocolType")
          .attributes("ApiEndpoint", "ApiId");

  private final Apis apis;
  private final ApiActions actions;

  ApiResource(Apis apis, ApiActions actions) {
    this.apis = apis;
    this.actions = actions;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateApiResponse made = actions.createApi(bind(request));
    return PhysicalResource.of(made.apiId())
        .with("ApiEndpoint", made.apiEndpoint())
        .with("ApiId", made.apiId());
  }

  private static CreateApiRequest bind(ResourceRequest request) {
    return Pojos.bind(StackTags.among(request), CreateApiRequest.builder());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    actions.replace(apis.get(current.physicalId()), bind(after));
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () -> actions.deleteApi(DeleteApiRequest.builder().apiId(current.physicalId()).build()));
  }
}
