package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.ConnectionType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteIntegrationResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetIntegrationResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetIntegrationsRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetIntegrationsResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateIntegrationResponse;

/** CreateIntegration and the like: what a route leads to. */
final class IntegrationActions {
  /** An HTTP API waits no longer for an integration. */
  static final int MOST_MILLIS = 30_000;

  private static final int LEAST_MILLIS = 50;
  private static final Set<String> FORMATS = Set.of("1.0", "2.0");

  private static final Set<String> METHODS =
      Set.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  private final Apis apis;
  private final CloudClock clock;

  IntegrationActions(Apis apis, CloudClock clock) {
    this.apis = apis;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateIntegrationRequest.class, this::createIntegration)
        .on(GetIntegrationRequest.class, this::getIntegration)
        .on(GetIntegrationsRequest.class, this::getIntegrations)
        .on(UpdateIntegrationRequest.class, this::updateIntegration)
        .on(DeleteIntegrationRequest.class, this::deleteIntegration);
  }

  CreateIntegrationResponse createIntegration(CreateIntegrationRequest request) {
    HttpApi api = apis.get(request.apiId());
    Integration made = model(request, Ids.part());
    api.put(made, clock.now());
    return SameMembers.copy(made, CreateIntegrationResponse.builder()).build();
  }

  /**
   * The integration of a request, checked.
   *
   * @throws AwsError BadRequestException; NotImplemented for what is neither a function nor a URL
   */
  static Integration model(CreateIntegrationRequest request, String id) {
    if (request.integrationType() == null) {
      throw Refusal.badRequest("IntegrationType is required");
    }
    return checked(SameMembers.copy(request, Integration.builder()).integrationId(id).build());
  }

  private static Integration checked(Integration integration) {
    boolean url = integration.integrationType() == IntegrationType.HTTP_PROXY;
    if (!url && integration.integrationType() != IntegrationType.AWS_PROXY) {
      throw AwsError.notImplemented(
          "integrations of the type " + integration.integrationTypeAsString());
    }
    if (integration.integrationUri() == null) {
      throw Refusal.badRequest(
          "IntegrationUri is required for integrations of type "
              + integration.integrationTypeAsString());
    }
    String method = integration.integrationMethod();
    if (url) {
      checkUrl(integration, method);
    } else {
      FunctionUri.arn(integration.integrationUri());
      if (method != null && !method.equals("POST")) {
        throw Refusal.badRequest("HttpMethod must be POST for AWS_PROXY IntegrationType.");
      }
    }
    String format =
        integration.payloadFormatVersion() == null ? "1.0" : integration.payloadFormatVersion();
    if (!FORMATS.contains(format)) {
      throw Refusal.badRequest("PayloadFormatVersion must be 1.0 or 2.0");
    }
    Integer millis = integration.timeoutInMillis();
    if (millis != null && (millis < LEAST_MILLIS || millis > MOST_MILLIS)) {
      throw Refusal.badRequest("Timeout should be between 50 ms and 30000 ms");
    }
    ParameterMapping.check(integration.requestParameters());
    return integration.toBuilder()
        .integrationMethod(url ? method : "POST")
        .connectionType(ConnectionType.INTERNET)
        .payloadFormatVersion(format)
        .timeoutInMillis(millis == null ? MOST_MILLIS : millis)
        .build();
  }

  private static void checkUrl(Integration integration, @Nullable String method) {
    if (method == null || !METHODS.contains(method)) {
      throw Refusal.badRequest(
          "HttpMethod must be one of [ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT] for"
              + " HTTP_PROXY IntegrationType.");
    }
    if ("2.0".equals(integration.payloadFormatVersion())) {
      throw Refusal.badRequest("PayloadFormatVersion must be 1.0 for HTTP_PROXY IntegrationType.");
    }
    if (integration.requestParameters().containsKey("overwrite:path")) {
      throw AwsError.notImplemented("overwrite:path of HTTP_PROXY integrations");
    }
    IntegrationUrl.check(integration.integrationUri());
  }

  private GetIntegrationResponse getIntegration(GetIntegrationRequest request) {
    Integration found = apis.get(request.apiId()).integration(request.integrationId());
    return SameMembers.copy(found, GetIntegrationResponse.builder()).build();
  }

  private GetIntegrationsResponse getIntegrations(GetIntegrationsRequest request) {
    Page<Integration> page =
        ListPage.of(
            apis.get(request.apiId()).integrations(), request.nextToken(), request.maxResults());
    return GetIntegrationsResponse.builder().items(page.items()).nextToken(page.next()).build();
  }

  private UpdateIntegrationResponse updateIntegration(UpdateIntegrationRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Integration before = api.integration(request.integrationId());
      Integration.Builder changed = SameMembers.copy(request, before.toBuilder());
      if (request.hasRequestParameters()) {
        changed.requestParameters(
            ParameterMapping.merge(before.requestParameters(), request.requestParameters()));
      }
      Integration after = checked(changed.build());
      api.put(after, clock.now());
      return SameMembers.copy(after, UpdateIntegrationResponse.builder()).build();
    }
  }

  DeleteIntegrationResponse deleteIntegration(DeleteIntegrationRequest request) {
    apis.get(request.apiId()).removeIntegration(request.integrationId(), clock.now());
    return DeleteIntegrationResponse.builder().build();
  }
}
