package io.pipelab.verify.check.api;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.GetStageResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.NotFoundException;
import software.amazon.awssdk.services.apigatewayv2.model.Route;

/**
 * An HTTP API hands one route to one function, and logs each call.
 *
 * @param path what the integration makes of the request's path ({@code overwrite:path}); {@code
 *     none} when it leaves it
 */
public record HttpApiShape(
    String api, String stage, String route, String function, String path, String logGroup)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("http-api")
          .needs("api", "stage", "route", "function", "logGroup")
          .takes("path")
          .madeBy(
              settings ->
                  new HttpApiShape(
                      settings.text("api"),
                      settings.text("stage"),
                      settings.text("route"),
                      settings.text("function"),
                      settings.textOr("path", "none"),
                      settings.text("logGroup")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            route + " of stage " + stage + " calls " + name(function) + ", path " + path);
    ApiGatewayV2Client gateway = scope.clients().apiGateway();
    List<String> wrong = new ArrayList<>();
    try {
      stage(gateway.getStage(get -> get.apiId(api).stageName(stage)), wrong);
      List<Route> routes = gateway.getRoutes(get -> get.apiId(api)).items();
      Route ours =
          routes.stream().filter(each -> each.routeKey().equals(route)).findFirst().orElse(null);
      routes.stream()
          .filter(each -> !each.routeKey().equals(route))
          .forEach(each -> wrong.add("there is also the route " + each.routeKey()));
      if (ours == null || ours.target() == null) {
        wrong.add(ours == null ? "there is no route " + route : route + " leads nowhere");
      } else {
        integration(gateway.getIntegrations(get -> get.apiId(api)).items(), ours, wrong);
      }
    } catch (NotFoundException e) {
      return claim.lacks("there is no API " + api + " with a stage " + stage);
    }
    return claim.unless(wrong, claim.expected());
  }

  private void stage(GetStageResponse has, List<String> wrong) {
    if (!Boolean.TRUE.equals(has.autoDeploy())) {
      wrong.add("stage " + stage + " does not deploy by itself");
    }
    String destination =
        has.accessLogSettings() == null ? null : has.accessLogSettings().destinationArn();
    if (destination == null || !destination.replaceFirst(":\\*$", "").endsWith(":" + logGroup)) {
      wrong.add(
          destination == null
              ? "stage " + stage + " logs no calls"
              : "stage " + stage + " logs to " + destination);
    }
  }

  private void integration(List<Integration> all, Route ours, List<String> wrong) {
    String id = ours.target().substring(ours.target().indexOf('/') + 1);
    for (Integration each : all) {
      if (each.integrationId().equals(id)) {
        if (!each.integrationUri().contains(function)) {
          wrong.add(route + " calls " + each.integrationUri());
        }
        String overwritten = each.requestParameters().getOrDefault("overwrite:path", "none");
        if (!overwritten.equals(path)) {
          wrong.add("path " + overwritten);
        }
        return;
      }
    }
    wrong.add(route + " leads to an integration that is gone");
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
