package io.pipelab.workflow.byname;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.GetApisResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/**
 * An HTTP API of Amazon API Gateway. Its {@code url} is that of its first stage, its {@code calls}
 * the ARN of every call of it.
 */
final class FindApi implements PartKind {
  private static final String DEFAULT_STAGE = "$default";

  @Override
  public String word() {
    return "api";
  }

  @Override
  public Set<String> facts() {
    return Set.of("id", "url", "calls");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    ApiGatewayV2Client gateway = search.clients().apiGateway();
    return all(gateway).stream()
        .filter(api -> name.is(api.name()))
        .map(api -> part(search, gateway, api))
        .toList();
  }

  private static List<Api> all(ApiGatewayV2Client gateway) {
    List<Api> all = new ArrayList<>();
    @Nullable String next = null;
    do {
      String token = next;
      GetApisResponse page = gateway.getApis(get -> get.nextToken(token));
      all.addAll(page.items());
      next = page.nextToken();
    } while (next != null);
    return all;
  }

  private static Part part(Search search, ApiGatewayV2Client gateway, Api api) {
    String path =
        gateway.getStages(get -> get.apiId(api.apiId())).items().stream()
            .map(Stage::stageName)
            .sorted()
            .findFirst()
            .filter(stage -> !stage.equals(DEFAULT_STAGE))
            .map(stage -> "/" + stage)
            .orElse("");
    return new Part(
        "AWS::ApiGatewayV2::Api",
        api.name(),
        api.apiId(),
        Map.of(
            "id",
            api.apiId(),
            "url",
            api.apiEndpoint() + path,
            "calls",
            search.arn("execute-api", api.apiId() + "/*/*")));
  }
}
