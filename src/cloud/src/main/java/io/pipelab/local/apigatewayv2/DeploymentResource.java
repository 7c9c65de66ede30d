package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.Objects;
import software.amazon.awssdk.services.apigatewayv2.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateDeploymentRequest;

/** AWS::ApiGatewayV2::Deployment. */
final class DeploymentResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ApiGatewayV2::Deployment")
          .createOnly("ApiId")
          .properties("Description", "StageName")
          .required("ApiId")
          .attributes("DeploymentId");

  private final Apis apis;
  private final DeploymentActions actions;

  DeploymentResource(Apis apis, DeploymentActions actions) {
    this.apis = apis;
    this.actions = actions;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateDeploymentRequest create =
        Pojos.bind(request.properties(), CreateDeploymentRequest.builder());
    String id = actions.createDeployment(create).deploymentId();
    return PhysicalResource.of(id).with("DeploymentId", id);
  }

  /**
   * Another description, or another stage that serves it from now on; routes are not taken anew.
   */
  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    UpdateDeploymentRequest update =
        UpdateDeploymentRequest.builder()
            .apiId(after.text("ApiId"))
            .deploymentId(current.physicalId())
            .description(Objects.requireNonNullElse(after.text("Description"), ""))
            .build();
    actions.updateDeployment(update);
    String stage = after.text("StageName");
    if (stage != null && !stage.equals(before.text("StageName"))) {
      actions.deployTo(stage, update.apiId(), update.deploymentId());
    }
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
