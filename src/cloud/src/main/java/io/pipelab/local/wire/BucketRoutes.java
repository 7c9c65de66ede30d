package io.pipelab.local.wire;

import io.pipelab.local.kernel.HttpCall;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** Finds S3 operations by method, by what the path addresses, and by parameters. */
final class BucketRoutes {
  /** Operations that only a parameter or a header tells from another with the same URI. */
  private static final Map<String, Predicate<HttpCall>> TOLD_BY =
      Map.of(
          "AbortMultipartUpload", call -> hasParameter(call, "uploadId"),
          "CompleteMultipartUpload", call -> hasParameter(call, "uploadId"),
          "ListParts", call -> hasParameter(call, "uploadId"),
          "UploadPart", call -> hasParameter(call, "uploadId"),
          "CopyObject", call -> isCopy(call) && !hasParameter(call, "uploadId"),
          "UploadPartCopy", call -> isCopy(call) && hasParameter(call, "uploadId"));

  private static final Set<String> OF_THE_SERVICE = Set.of("ListBuckets", "ListDirectoryBuckets");

  private record Route(String name, String method, Level level, List<String> literals) {
    boolean matches(HttpCall call, BucketPath path) {
      return method.equals(call.method())
          && level == Level.of(path)
          && literals.stream().allMatch(each -> has(path, each))
          && TOLD_BY.getOrDefault(name, any -> true).test(call);
    }

    private static boolean has(BucketPath path, String literal) {
      int cut = literal.indexOf('=');
      return cut < 0
          ? path.query().containsKey(literal)
          : literal.substring(cut + 1).equals(path.parameter(literal.substring(0, cut)));
    }

    /** The more it demands, the more it is meant. */
    int rank() {
      return literals.size() + (TOLD_BY.containsKey(name) ? 1 : 0);
    }
  }

  private enum Level {
    SERVICE,
    BUCKET,
    OBJECT;

    static Level of(BucketPath path) {
      return path.isObject() ? OBJECT : path.isBucket() ? BUCKET : SERVICE;
    }
  }

  private final List<Route> routes;

  BucketRoutes(Collection<Class<? extends SdkPojo>> requests) {
    this.routes =
        requests.stream()
            .map(BucketRoutes::route)
            .sorted(Comparator.comparingInt(route -> -route.rank()))
            .toList();
  }

  private static Route route(Class<? extends SdkPojo> request) {
    try {
      OperationInfo info = Operation.binding(request);
      String uri = info.requestUri();
      String name = Operation.name(request, info);
      int cut = uri.indexOf('?');
      List<String> literals = cut < 0 ? List.of() : List.of(uri.substring(cut + 1).split("&"));
      Level level =
          OF_THE_SERVICE.contains(name)
              ? Level.SERVICE
              : uri.startsWith("/{Key+}") ? Level.OBJECT : Level.BUCKET;
      return new Route(name, info.httpMethod().name(), level, literals);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(request.getName() + " is not a request of S3", e);
    }
  }

  /** The name of the operation, or nothing when none of these is meant. */
  Optional<String> find(HttpCall call, BucketPath path) {
    return routes.stream()
        .filter(route -> route.matches(call, path))
        .filter(route -> path.subResource() == null || !route.literals().isEmpty())
        .map(Route::name)
        .findFirst();
  }

  private static boolean hasParameter(HttpCall call, String name) {
    return HttpMembers.query(call.rawQuery()).containsKey(name);
  }

  private static boolean isCopy(HttpCall call) {
    return call.header("x-amz-copy-source") != null;
  }
}
