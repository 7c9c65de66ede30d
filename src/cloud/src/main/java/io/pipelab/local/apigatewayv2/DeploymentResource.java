package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import software.amazon.awssdk.services.apigatewayv2.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteDeploymentRequest;

/** AWS::ApiGatewayV2::Deployment. */
final class DeploymentResource implements ResourceType {
  private final Apis apis;
  private final DeploymentActions actions;

  DeploymentResource(Apis apis, DeploymentActions actions) {
    this.apis = apis;
    this.actions = actions;
  }

  @Override
  public String typeName() {
    return "AWS::ApiGatewayV2::Deployment";
  }

  @Override
  public Set<String> properties() {
    return Set.of("ApiId", "Description", "StageName");
  }

  @Override
  public Set<String> required() {
    return Set.of("ApiId");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("ApiId", "Description", "StageName");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("DeploymentId");
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateDeploymentRequest create =
        Pojos.bind(request.properties(), CreateDeploymentRequest.builder());
    String id = actions.createDeployment(create).deploymentId();
    return PhysicalResource.of(id).with("DeploymentId", id);
  }

  /** Every property replaces it; only the stack's tags come here. */
  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return current;
  }

  /** A stage that still serves it goes next in a stack's deletion, as its API does. */
  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String apiId = last.text("ApiId");
    if (apiId == null || apis.find(apiId).isEmpty()) {
      return;
    }
    try {
      Absent.isFine(
          () ->
              actions.deleteDeployment(
                  DeleteDeploymentRequest.builder()
                      .apiId(apiId)
                      .deploymentId(current.physicalId())
                      .build()));
    } catch (AwsError e) {
      if (e.status() != 409) {
        throw e;
      }
    }
  }
}
