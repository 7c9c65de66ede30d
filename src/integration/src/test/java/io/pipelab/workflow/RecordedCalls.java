package io.pipelab.workflow;

import io.pipelab.target.AwsClients;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/** Clients that note the IAM action of each call (AWS: Service Authorization Reference). */
final class RecordedCalls {
  /** The actions whose names are not their operations'. */
  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("s3:HeadBucket", "s3:ListBucket"),
          Map.entry("s3:ListObjectsV2", "s3:ListBucket"),
          Map.entry("s3:ListObjectVersions", "s3:ListBucketVersions"),
          Map.entry("s3:ListMultipartUploads", "s3:ListBucketMultipartUploads"),
          Map.entry("s3:HeadObject", "s3:GetObject"),
          Map.entry("s3:DeleteObjects", "s3:DeleteObject"),
          Map.entry("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
          Map.entry("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
          Map.entry("s3:GetBucketNotificationConfiguration", "s3:GetBucketNotification"),
          Map.entry("sqs:SendMessageBatch", "sqs:SendMessage"),
          Map.entry("lambda:Invoke", "lambda:InvokeFunction"));

  private static final Map<String, String> PREFIXES = Map.of("monitoring", "cloudwatch");

  private final Set<String> actions = new ConcurrentSkipListSet<>();

  /** The actions so far. */
  Set<String> actions() {
    return actions.stream().collect(Collectors.toSet());
  }

  AwsClients of(AwsClients clients) {
    return proxy(
        AwsClients.class,
        (proxy, method, arguments) -> {
          Object client = call(clients, method, arguments);
          return client instanceof SdkClient sdk ? noting(method.getReturnType(), sdk) : client;
        });
  }

  private <C> C noting(Class<C> type, SdkClient client) {
    return proxy(
        type,
        (Object proxy, Method method, @Nullable Object[] arguments) -> {
          Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
          if (first instanceof SdkRequest request) {
            note(client.serviceName(), request);
            return call(client, method, arguments);
          }
          // A default method builds the request and comes back with it.
          return method.isDefault() && first != null
              ? InvocationHandler.invokeDefault(proxy, method, arguments)
              : call(client, method, arguments);
        });
  }

  private void note(String service, SdkRequest request) {
    String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
    if (service.equals("sts")) {
      return; // GetCallerIdentity needs no permission
    }
    String action =
        service.equals("apigateway")
            ? "apigateway:" + (operation.startsWith("Get") ? "GET" : operation)
            : PREFIXES.getOrDefault(service, service) + ":" + operation;
    actions.add(ACTIONS.getOrDefault(action, action));
  }

  private static Object call(Object target, Method method, @Nullable Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <C> C proxy(Class<C> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
