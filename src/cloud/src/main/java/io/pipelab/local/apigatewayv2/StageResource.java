package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.wire.Pojos;
import java.util.Objects;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/** AWS::ApiGatewayV2::Stage. */
final class StageResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ApiGatewayV2::Stage")
          .createOnly("ApiId", "StageName")
          .properties(
              "AccessLogSettings",
              "AutoDeploy",
              "DefaultRouteSettings",
              "DeploymentId",
              "Description",
              "RouteSettings",
              "StageVariables",
              "Tags")
          .required("ApiId", "StageName");

  private final Apis apis;
  private final StageActions actions;
  private final CloudClock clock;

  StageResource(Apis apis, StageActions actions, CloudClock clock) {
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
    return PhysicalResource.of(actions.createStage(bind(request)).stageName());
  }

  private static CreateStageRequest bind(ResourceRequest request) {
    return Pojos.bind(StackTags.among(request), CreateStageRequest.builder());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    HttpApi api = apis.get(Objects.requireNonNull(after.text("ApiId")));
    synchronized (api) {
      Stage old = api.stage(current.physicalId());
      Stage changed = StageActions.model(api, bind(after), clock.now());
      String deployment =
          changed.deploymentId() == null ? old.deploymentId() : changed.deploymentId();
      api.put(
          changed.toBuilder().createdDate(old.createdDate()).deploymentId(deployment).build(),
          clock.now());
    }
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            actions.deleteStage(
                DeleteStageRequest.builder()
                    .apiId(last.text("ApiId"))
                    .stageName(current.physicalId())
                    .build()));
  }
}
