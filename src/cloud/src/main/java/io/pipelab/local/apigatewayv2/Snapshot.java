package io.pipelab.local.apigatewayv2;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.Route;

/**
 * What a deployment froze: the routes and the integrations that they lead to.
 *
 * @param integrations by id
 */
record Snapshot(List<Route> routes, Map<String, Integration> integrations) {
  static final Snapshot EMPTY = new Snapshot(List.of(), Map.of());
}
