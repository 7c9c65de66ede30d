package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsService;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** A service's operations, by name and by route, and what its SDK model knows beside them. */
final class ServiceTable {
  /** An operation with its URI taken apart. */
  private record Route(PathTemplate template, String method, Operation operation) {}

  /** A route that matched, with the values of its labels. */
  record Match(Operation operation, Map<String, String> labels) {}

  private final String service;
  private final Map<String, Operation> byName = new HashMap<>();
  private final List<Route> routes;
  private final @Nullable ModelIndex model;

  ServiceTable(AwsService service) {
    this.service = service.signingName();
    var actions = service.actions().byRequest();
    actions.forEach(
        (request, action) -> {
          Operation operation = Operation.of(request, action);
          byName.put(operation.name(), operation);
        });
    this.routes =
        byName.values().stream()
            .filter(operation -> isRest(operation.info()))
            .map(ServiceTable::route)
            .sorted(Comparator.comparingInt(each -> -each.template().literals()))
            .toList();
    this.model = actions.isEmpty() ? null : new ModelIndex(actions.keySet().iterator().next());
  }

  private static Route route(Operation operation) {
    return new Route(
        new PathTemplate(operation.info().requestUri()),
        operation.info().httpMethod().name(),
        operation);
  }

  /** Operations of the other protocols are named in the request and all have the same route. */
  static boolean isRest(OperationInfo info) {
    return info.operationIdentifier() == null || info.operationIdentifier().isEmpty();
  }

  String service() {
    return service;
  }

  @Nullable Operation byName(String name) {
    return byName.get(name);
  }

  /** The operation that a REST request is for. */
  Optional<Match> byRoute(String method, String rawPath, @Nullable String rawQuery) {
    for (Route route : routes) {
      if (route.method().equals(method)) {
        Map<String, String> labels = route.template().match(rawPath, rawQuery);
        if (labels != null) {
          return Optional.of(new Match(route.operation(), labels));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether AWS has an action of that name, which the embedded cloud does not implement. */
  boolean exists(String action) {
    return model != null && model.has(action);
  }

  /** The name of AWS's operation behind a route that no action here answers, or null. */
  @Nullable String nameOfRoute(String method, String rawPath, @Nullable String rawQuery) {
    return model == null ? null : model.operationAt(method, rawPath, rawQuery);
  }
}
