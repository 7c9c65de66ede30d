package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.AccessLogSettings;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteAccessLogSettingsRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteAccessLogSettingsResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteStageResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetStageResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetStagesRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetStagesResponse;
import software.amazon.awssdk.services.apigatewayv2.model.RouteSettings;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateStageResponse;

/** CreateStage and the like: under which path an API is served, and what it logs. */
final class StageActions {
  /** What a stage has whose routes nobody set anything for. */
  private static final RouteSettings NO_METRICS =
      RouteSettings.builder().detailedMetricsEnabled(false).build();

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}|\\$default");

  private final Apis apis;
  private final CloudClock clock;

  StageActions(Apis apis, CloudClock clock) {
    this.apis = apis;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateStageRequest.class, this::createStage)
        .on(GetStageRequest.class, this::getStage)
        .on(GetStagesRequest.class, this::getStages)
        .on(UpdateStageRequest.class, this::updateStage)
        .on(DeleteStageRequest.class, this::deleteStage)
        .on(DeleteAccessLogSettingsRequest.class, this::deleteAccessLog);
  }

  CreateStageResponse createStage(CreateStageRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      if (request.stageName() != null && api.hasStage(request.stageName())) {
        throw Refusal.conflict("Stage already exists");
      }
      Stage made = model(api, request, clock.now());
      api.put(made, clock.now());
      return SameMembers.copy(api.stage(made.stageName()), CreateStageResponse.builder()).build();
    }
  }

  /**
   * The stage of a request, checked.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException, NotFoundException
   */
  static Stage model(HttpApi api, CreateStageRequest request, Instant now) {
    if (request.stageName() == null || !NAME.matcher(request.stageName()).matches()) {
      throw Refusal.badRequest(
          "Stage name only allows a-zA-Z0-9-_ or $default: " + request.stageName());
    }
    check(api, request.accessLogSettings(), request.deploymentId());
    return SameMembers.copy(request, Stage.builder())
        .createdDate(now)
        .lastUpdatedDate(now)
        .autoDeploy(Boolean.TRUE.equals(request.autoDeploy()))
        .defaultRouteSettings(
            request.defaultRouteSettings() == null ? NO_METRICS : request.defaultRouteSettings())
        .build();
  }

  private static void check(
      HttpApi api, @Nullable AccessLogSettings log, @Nullable String deploymentId) {
    if (log != null) {
      AccessLog.check(log);
    }
    if (deploymentId != null) {
      api.deployment(deploymentId);
    }
  }

  private GetStageResponse getStage(GetStageRequest request) {
    Stage found = apis.get(request.apiId()).stage(request.stageName());
    return SameMembers.copy(found, GetStageResponse.builder()).build();
  }

  private GetStagesResponse getStages(GetStagesRequest request) {
    Page<Stage> page =
        ListPage.of(apis.get(request.apiId()).stages(), request.nextToken(), request.maxResults());
    return GetStagesResponse.builder().items(page.items()).nextToken(page.next()).build();
  }

  private UpdateStageResponse updateStage(UpdateStageRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Stage before = api.stage(request.stageName());
      check(api, request.accessLogSettings(), request.deploymentId());
      Stage.Builder changed =
          SameMembers.copy(request, before.toBuilder()).lastUpdatedDate(clock.now());
      if (request.hasStageVariables()) {
        changed.stageVariables(merged(before.stageVariables(), request.stageVariables()));
      }
      api.put(changed.build(), clock.now());
      return SameMembers.copy(api.stage(before.stageName()), UpdateStageResponse.builder()).build();
    }
  }

  /** A variable that is set to nothing goes. */
  private static Map<String, String> merged(
      Map<String, String> before, Map<String, String> changes) {
    Map<String, String> after = new LinkedHashMap<>(before);
    after.putAll(changes);
    after.values().removeIf(String::isEmpty);
    return after;
  }

  DeleteStageResponse deleteStage(DeleteStageRequest request) {
    apis.get(request.apiId()).removeStage(request.stageName());
    return DeleteStageResponse.builder().build();
  }

  private DeleteAccessLogSettingsResponse deleteAccessLog(DeleteAccessLogSettingsRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Stage stage = api.stage(request.stageName());
      api.put(stage.toBuilder().accessLogSettings((AccessLogSettings) null).build(), clock.now());
    }
    return DeleteAccessLogSettingsResponse.builder().build();
  }
}
