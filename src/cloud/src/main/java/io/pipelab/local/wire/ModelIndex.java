package io.pipelab.local.wire;

import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * All the operations that the SDK knows of a service, read from its jar when a call was for
 * something that the embedded cloud does not implement: the caller learns whether AWS has it.
 */
final class ModelIndex {
  private static final String MARSHALLER = "RequestMarshaller.class";

  /** An operation of the model. */
  private record Known(PathTemplate template, String method, String name) {}

  /** A request class and its binding. */
  private record Bound(Class<?> request, OperationInfo info) {}

  private final Class<?> anyRequest;
  private @Nullable Map<String, String> requestClasses;
  private @Nullable List<Known> routes;
  private @Nullable BucketRoutes bucketRoutes;

  ModelIndex(Class<?> anyRequest) {
    this.anyRequest = anyRequest;
  }

  /** Whether there is a request class of that name; the SDK spells acronyms in its own way. */
  boolean has(String action) {
    return requestClasses().containsKey(action.toLowerCase(Locale.ROOT));
  }

  /** The name of the operation at a route, or null when AWS has none there. */
  synchronized @Nullable String operationAt(
      String method, String rawPath, @Nullable String rawQuery) {
    if (routes == null) {
      routes =
          requestClasses().values().stream()
              .map(this::binding)
              .filter(each -> ServiceTable.isRest(each.info()))
              .map(ModelIndex::known)
              .sorted(Comparator.comparingInt(each -> -each.template().literals()))
              .toList();
    }
    for (Known each : routes) {
      if (each.method().equals(method) && each.template().match(rawPath, rawQuery) != null) {
        return each.name();
      }
    }
    return null;
  }

  /** The name of the S3 operation that a request is for, if AWS has one. */
  synchronized Optional<String> bucketOperation(HttpCall call, BucketPath path) {
    if (bucketRoutes == null) {
      List<Class<? extends SdkPojo>> requests = new ArrayList<>();
      requestClasses().values().forEach(each -> requests.add(request(each)));
      bucketRoutes = new BucketRoutes(requests);
    }
    return bucketRoutes.find(call, path);
  }

  private Class<? extends SdkPojo> request(String name) {
    try {
      return Class.forName(name, false, anyRequest.getClassLoader()).asSubclass(SdkPojo.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Known known(Bound bound) {
    return new Known(
        new PathTemplate(bound.info().requestUri()),
        bound.info().httpMethod().name(),
        Operation.name(bound.request(), bound.info()));
  }

  private Bound binding(String requestClass) {
    try {
      Class<?> type = request(requestClass);
      return new Bound(type, Operation.binding(type));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the SDK declares no binding for " + requestClass, e);
    }
  }

  /** Lower-case operation name to request class. */
  private synchronized Map<String, String> requestClasses() {
    if (requestClasses == null) {
      requestClasses = scan();
    }
    return requestClasses;
  }

  private Map<String, String> scan() {
    String transform = anyRequest.getPackageName().replace(".model", ".transform") + ".";
    String folder = transform.replace('.', '/');
    Map<String, String> found = new TreeMap<>();
    try (JarFile jar = new JarFile(jar().toFile())) {
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(folder) && name.endsWith(MARSHALLER))
          .map(name -> name.substring(folder.length(), name.length() - MARSHALLER.length()))
          .forEach(
              name ->
                  found.put(
                      name.toLowerCase(Locale.ROOT),
                      anyRequest.getPackageName() + "." + name + "Request"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private Path jar() {
    try {
      return Path.of(anyRequest.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
