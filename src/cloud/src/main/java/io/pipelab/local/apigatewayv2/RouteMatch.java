package io.pipelab.local.apigatewayv2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.Route;

/**
 * The route that a request takes.
 *
 * @param parameters the path parameters, decoded
 */
record RouteMatch(RouteKey key, Route route, Map<String, String> parameters) {

  /**
   * Selects the most specific of all routes that match.
   *
   * @param path the request's path as it was sent, without the stage
   */
  static Optional<RouteMatch> select(Snapshot snapshot, String method, String path) {
    List<String> segments = RouteKey.split(path);
    RouteMatch best = null;
    for (Route route : snapshot.routes()) {
      RouteKey key = RouteKey.parse(route.routeKey());
      Map<String, String> parameters = key.match(method, segments);
      if (parameters != null && (best == null || key.rank().compareTo(best.key().rank()) < 0)) {
        best = new RouteMatch(key, route, parameters);
      }
    }
    return Optional.ofNullable(best);
  }

  /** Where it leads; nothing when the route has no target. */
  Optional<Integration> integration(Snapshot snapshot) {
    String target = route.target();
    return target == null
        ? Optional.empty()
        : Optional.ofNullable(
            snapshot.integrations().get(target.substring("integrations/".length())));
  }
}
