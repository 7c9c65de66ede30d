package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteCorsConfigurationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DeleteCorsConfigurationResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetApisRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetApisResponse;
import software.amazon.awssdk.services.apigatewayv2.model.IpAddressType;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateApiResponse;

/** CreateApi and the like. */
final class ApiActions {
  private static final String SELECTION = "$request.method $request.path";

  /** WebSocket APIs alone heed it; HTTP APIs have this one, and Terraform sends it. */
  private static final String KEY_SELECTION = "$request.header.x-api-key";

  private final Apis apis;
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final QuickCreate quick;

  ApiActions(Apis apis, CloudIdentity identity, CloudClock clock, QuickCreate quick) {
    this.apis = apis;
    this.identity = identity;
    this.clock = clock;
    this.quick = quick;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateApiRequest.class, this::createApi)
        .on(GetApiRequest.class, this::getApi)
        .on(GetApisRequest.class, this::getApis)
        .on(UpdateApiRequest.class, this::updateApi)
        .on(DeleteApiRequest.class, this::deleteApi)
        .on(DeleteCorsConfigurationRequest.class, this::deleteCors);
  }

  CreateApiResponse createApi(CreateApiRequest request) {
    String id = Ids.api();
    HttpApi made = new HttpApi(model(request, id));
    if (request.target() != null) {
      quick.wire(made, request);
    }
    apis.add(made);
    return SameMembers.copy(made.api(), CreateApiResponse.builder()).build();
  }

  /**
   * The API of a request, checked.
   *
   * @throws AwsError BadRequestException; NotImplemented for WebSocket APIs
   */
  Api model(CreateApiRequest request, String id) {
    if (request.name() == null || request.name().isEmpty() || request.protocolType() == null) {
      throw Refusal.badRequest("Name and ProtocolType are required");
    }
    if (request.protocolType() != ProtocolType.HTTP) {
      throw AwsError.notImplemented("APIs of the protocol " + request.protocolTypeAsString());
    }
    if (request.routeSelectionExpression() != null
        && !request.routeSelectionExpression().replaceAll("[{}]", "").equals(SELECTION)) {
      throw Refusal.badRequest(
          "RouteSelectionExpression must be ${request.method} ${request.path}");
    }
    CorsSettings.check(request.corsConfiguration());
    Api.Builder api = SameMembers.copy(request, Api.builder());
    return api.apiId(id)
        .apiEndpoint(endpoint(id))
        .createdDate(clock.now())
        .routeSelectionExpression(SELECTION)
        .apiKeySelectionExpression(KEY_SELECTION)
        .ipAddressType(
            request.ipAddressType() == null ? IpAddressType.IPV4 : request.ipAddressType())
        .disableExecuteApiEndpoint(Boolean.TRUE.equals(request.disableExecuteApiEndpoint()))
        .build();
  }

  /** The URL on loopback: it works with every client, whatever resolves names there. */
  private String endpoint(String id) {
    return identity.endpoint() + ApiEndpoint.ADDRESS.prefix() + id;
  }

  /** Makes the API what a request for a new one says; what was quickly created changes with it. */
  void replace(HttpApi api, CreateApiRequest wanted) {
    Api changed = model(wanted, api.id);
    synchronized (api) {
      quick.change(api, wanted.target(), wanted.routeKey());
      api.api(changed.toBuilder().createdDate(api.api().createdDate()).build());
    }
  }

  private GetApiResponse getApi(GetApiRequest request) {
    return SameMembers.copy(apis.get(request.apiId()).api(), GetApiResponse.builder()).build();
  }

  private GetApisResponse getApis(GetApisRequest request) {
    Page<Api> page =
        ListPage.of(
            apis.all().stream().map(HttpApi::api).toList(),
            request.nextToken(),
            request.maxResults());
    return GetApisResponse.builder().items(page.items()).nextToken(page.next()).build();
  }

  private UpdateApiResponse updateApi(UpdateApiRequest request) {
    HttpApi api = apis.get(request.apiId());
    CorsSettings.check(request.corsConfiguration());
    synchronized (api) {
      quick.change(api, request.target(), request.routeKey());
      api.api(SameMembers.copy(request, api.api().toBuilder()).build());
      return SameMembers.copy(api.api(), UpdateApiResponse.builder()).build();
    }
  }

  DeleteApiResponse deleteApi(DeleteApiRequest request) {
    apis.remove(request.apiId());
    return DeleteApiResponse.builder().build();
  }

  private DeleteCorsConfigurationResponse deleteCors(DeleteCorsConfigurationRequest request) {
    HttpApi api = apis.get(request.apiId());
    synchronized (api) {
      Api without =
          api.api().toBuilder()
              .corsConfiguration((software.amazon.awssdk.services.apigatewayv2.model.Cors) null)
              .build();
      api.api(without);
    }
    return DeleteCorsConfigurationResponse.builder().build();
  }
}
