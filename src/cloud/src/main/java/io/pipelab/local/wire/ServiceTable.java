package io.pipelab.local.wire;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.HttpCall;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** A service's operations, by name and by route, and what its SDK model knows beside them. */
final class ServiceTable {
  /** An operation with its URI taken apart. */
  private record Route(PathTemplate template, String method, Operation operation) {}

  /** A route that matched, with the values of its labels. */
  record Match(Operation operation, Map<String, String> labels) {}

  /** An action whose request class was not looked at yet. */
  private record Entry(Class<? extends SdkPojo> request, Action<?, ?> action) {
    Operation operation() {
      return Operation.of(request, action);
    }
  }

  private final String service;

  /** By the lower-case name of the action: the SDK spells acronyms in its own way. */
  private final Map<String, Entry> entries = new HashMap<>();

  private final Map<String, Operation> byName = new ConcurrentHashMap<>();
  private @Nullable List<Route> routes;
  private @Nullable BucketRoutes bucketRoutes;
  private final @Nullable ModelIndex model;
  private final HonouredMembers honoured;

  ServiceTable(AwsService service) {
    this.service = service.signingName();
    this.honoured = new HonouredMembers(iamService(), service.getClass());
    var actions = service.actions().byRequest();
    actions.forEach(
        (request, action) -> {
          String name = request.getSimpleName().toLowerCase(Locale.ROOT);
          entries.put(
              name.substring(0, name.length() - "request".length()), new Entry(request, action));
        });
    this.model = actions.isEmpty() ? null : new ModelIndex(actions.keySet().iterator().next());
  }

  String service() {
    return service;
  }

  /** What the service's actions honour. */
  HonouredMembers honoured() {
    return honoured;
  }

  /** The operation of that name, exactly as AWS spells it. */
  @Nullable Operation byName(String name) {
    Operation known = byName.get(name);
    Entry entry = known == null ? entries.get(name.toLowerCase(Locale.ROOT)) : null;
    if (entry == null) {
      return known;
    }
    // Classes are loaded at an action's first call: start-up pays for none.
    Operation operation = entry.operation();
    byName.put(operation.name(), operation);
    return operation.name().equals(name) ? operation : null;
  }

  /** The operation that a REST request is for. */
  Optional<Match> byRoute(String method, String rawPath, @Nullable String rawQuery) {
    for (Route route : routes()) {
      if (route.method().equals(method)) {
        Map<String, String> labels = route.template().match(rawPath, rawQuery);
        if (labels != null) {
          return Optional.of(new Match(route.operation(), labels));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The S3 operation that a request is for.
   *
   * @throws AwsError NotImplemented by name, or MethodNotAllowed
   */
  Operation byBucketPath(HttpCall call, BucketPath path) {
    Optional<String> name = bucketRoutes().find(call, path);
    Operation operation = name.isEmpty() ? null : byName(name.get());
    if (operation != null) {
      return operation;
    }
    if (model == null) {
      throw RestXmlProtocol.unknown(call);
    }
    throw model
        .bucketOperation(call, path)
        .map(known -> AwsError.notImplemented(iamName(known)))
        .orElseGet(() -> RestXmlProtocol.unknown(call));
  }

  private synchronized BucketRoutes bucketRoutes() {
    if (bucketRoutes == null) {
      bucketRoutes = new BucketRoutes(entries.values().stream().map(Entry::request).toList());
    }
    return bucketRoutes;
  }

  private synchronized List<Route> routes() {
    if (routes == null) {
      routes =
          entries.values().stream()
              .map(Entry::operation)
              .filter(operation -> isRest(operation.info()))
              .map(ServiceTable::route)
              .sorted(Comparator.comparingInt(each -> -each.template().literals()))
              .toList();
    }
    return routes;
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

  /** Whether AWS has an action of that name, which the embedded cloud does not implement. */
  boolean exists(String action) {
    return model != null && model.has(action);
  }

  /** The name of AWS's operation behind a route that no action here answers, or null. */
  @Nullable String nameOfRoute(String method, String rawPath, @Nullable String rawQuery) {
    return model == null ? null : model.operationAt(method, rawPath, rawQuery);
  }

  /** An action's name as IAM policies have it: what an error calls it. */
  String iamName(String action) {
    return iamService() + ":" + action;
  }

  private String iamService() {
    return service.equals("monitoring") ? "cloudwatch" : service;
  }
}
