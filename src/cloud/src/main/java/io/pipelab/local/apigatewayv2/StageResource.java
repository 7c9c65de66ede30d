package io.pipelab.local.apigatewayv2;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.wire.Pojos;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/** AWS::ApiGatewayV2::Stage. */
final class StageResource implements ResourceType {
  private final Apis apis;
  private final StageActions actions;
  private final CloudClock clock;

  StageResource(Apis apis, StageActions actions, CloudClock clock) {
    this.apis = apis;
    this.actions = actions;
    this.clock = clock;
  }

  @Override
  public String typeName() {
    return "AWS::ApiGatewayV2::Stage";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        "AccessLogSettings",
        "ApiId",
        "AutoDeploy",
        "DefaultRouteSettings",
        "DeploymentId",
        "Description",
        "RouteSettings",
        "StageName",
        "StageVariables",
        "Tags");
  }

  @Override
  public Set<String> required() {
    return Set.of("ApiId", "StageName");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("ApiId", "StageName");
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
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
