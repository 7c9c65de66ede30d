package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteApiRequest;

/** AWS::ApiGatewayV2::Api. */
final class ApiResource implements ResourceType {
  private final Apis apis;
  private final ApiActions actions;

  ApiResource(Apis apis, ApiActions actions) {
    this.apis = apis;
    this.actions = actions;
  }

  @Override
  public String typeName() {
    return "AWS::ApiGatewayV2::Api";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        "CorsConfiguration",
        "Description",
        "DisableExecuteApiEndpoint",
        "IpAddressType",
        "Name",
        "ProtocolType",
        "RouteKey",
        "RouteSelectionExpression",
        "Tags",
        "Target",
        "Version");
  }

  /** The type has ways without them (a whole OpenAPI body) that are not here. */
  @Override
  public Set<String> required() {
    return Set.of("Name", "ProtocolType");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("ProtocolType", "RouteKey", "Target");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("ApiEndpoint", "ApiId");
  }

  /** Two APIs may have one name. */
  @Override
  public @Nullable String nameProperty() {
    return null;
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
    HttpApi api = apis.get(current.physicalId());
    synchronized (api) {
      Api changed = actions.model(bind(after), api.id);
      api.api(changed.toBuilder().createdDate(api.api().createdDate()).build());
    }
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () -> actions.deleteApi(DeleteApiRequest.builder().apiId(current.physicalId()).build()));
  }
}
