package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FullDisk;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.ServiceRoutes;
import io.pipelab.local.kernel.WebVisit;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/** Takes a call to the endpoint or the action that it is for, and its result or error back. */
final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  /** Their endpoints are one for all regions; clients sign for whichever. */
  private static final Set<String> GLOBAL = Set.of("iam", "sts");

  /** Actions of STS that are called without keys: the token in the request stands for them. */
  private static final Set<String> UNSIGNED =
      Set.of("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity");

  /** Requests of actions are held in memory; Lambda takes zip files of 50 MB in base64. */
  private static final int MOST_BYTES = 10 << 20;

  /** Services that VPC endpoints call otherwise than signatures do. */
  private static final Map<String, String> NETWORK_NAMES = Map.of("ecr", "ecr.api");

  private static final int MOST_BYTES_LAMBDA = 70 << 20;

  private final Limits limits;
  private final AccessCheck access;
  private final CallerNetwork network;
  private final WaitingBytes waiting;
  private final String region;
  private final Map<String, ServiceTable> tables = new HashMap<>();
  private final List<HttpEndpoint> endpoints;
  private final CallObserver observer;

  Dispatcher(
      Limits limits,
      String region,
      List<AwsService> services,
      List<HttpEndpoint> endpoints,
      AccessCheck access,
      CallerNetwork network,
      CallObserver observer) {
    this.limits = limits;
    this.access = access;
    this.network = network;
    this.waiting = new WaitingBytes(limits.waitingBytes());
    this.region = region;
    this.endpoints = List.copyOf(endpoints);
    this.observer = observer;
    for (AwsService service : services) {
      if (tables.put(service.signingName(), new ServiceTable(service)) != null) {
        throw new IllegalStateException("two services for " + service.signingName());
      }
    }
  }

  /** Whether some endpoint answers a call of a web browser; actions are for programs. */
  boolean admits(Exchange exchange, WebVisit visit) {
    return exchange.malformed() == null
        && endpoints.stream().anyMatch(endpoint -> endpoint.admits(exchange, visit));
  }

  /** An error for a call of which no more than the head is looked at. */
  static Answer refusal(Exchange exchange, AwsError why, String id) throws IOException {
    String service = exchange.signingName() == null ? "" : exchange.signingName();
    WireRequest request = new WireRequest(exchange, new byte[0]);
    return Protocols.of(request, service).encode(request, service, Fault.of(why), id);
  }

  /**
   * Answers a call, whatever happens; it is answered when the stage completes. Only a wait of the
   * call's own makes that later than the return.
   */
  CompletionStage<?> dispatch(Exchange exchange, String id) {
    long start = System.nanoTime();
    HttpEndpoint endpoint = endpointOf(exchange);
    if (isBlocked(exchange, endpoint)) {
      return exchange
          .arriving(new DroppedBody(), limits.patience())
          .handle((nothing, refused) -> nothing)
          .thenCompose(nothing -> exchange.unheard());
    }
    if (endpoint != null) {
      String service = exchange.signingName();
      String asked = exchange.method() + " " + exchange.rawPath();
      return serve(endpoint, exchange, id)
          .thenRun(() -> observe(exchange, service == null ? "http" : service, asked, start));
    }
    String service = exchange.signingName() == null ? "" : exchange.signingName();
    MemoryBody body = new MemoryBody(waiting, limit(service));
    return exchange
        .arriving(body, limits.patience())
        .handle((nothing, refused) -> act(exchange, body, service, id, refused, start))
        .thenCompose(acted -> acted);
  }

  /** Whether the caller's network has no way to what the call is for. */
  private boolean isBlocked(Exchange exchange, @Nullable HttpEndpoint endpoint) {
    if (endpoint != null && endpoint.isLinkLocal()) {
      return false;
    }
    String signed = Objects.requireNonNullElse(exchange.signingName(), "");
    String service =
        endpoint == null ? NETWORK_NAMES.getOrDefault(signed, signed) : endpoint.networkName();
    return exchange.way(network, service) instanceof ServiceRoutes.Way.Blocked;
  }

  /** Runs the action that a request is for, now that the request is there. */
  private CompletionStage<?> act(
      Exchange exchange,
      MemoryBody body,
      String service,
      String id,
      @Nullable Throwable refused,
      long start) {
    if (refused instanceof EofException) {
      return CompletableFuture.failedFuture(refused); // there is no whole request to answer
    }
    WireRequest request = new WireRequest(exchange, new byte[0]);
    CompletionStage<Answer> answer;
    try {
      if (refused != null) {
        throw new CompletionException(cause(refused));
      }
      request = new WireRequest(exchange, plain(exchange, body, service));
      answer = answer(exchange, request, Protocols.of(request, service), service, id);
    } catch (RuntimeException e) {
      Protocol protocol = Protocols.of(request, service);
      answer = CompletableFuture.completedFuture(refusal(protocol, request, service, cause(e), id));
    }
    String asked = Protocols.of(request, service).asked(request);
    return answer
        .thenAccept(each -> respond(exchange, each))
        .thenRun(() -> observe(exchange, service, asked, start));
  }

  private void observe(Exchange exchange, String service, String asked, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    observer.answered(
        new CallObserver.Call(service, asked, exchange.knownCaller(), exchange.status(), took));
  }

  private @Nullable HttpEndpoint endpointOf(Exchange exchange) {
    if (exchange.malformed() != null || !inRegion(exchange.signature())) {
      return null;
    }
    try {
      return endpoints.stream().filter(each -> each.accepts(exchange)).findFirst().orElse(null);
    } catch (RuntimeException e) {
      Fault fault = fault(e, exchange.method() + " " + exchange.rawPath());
      exchange.malformed(AwsError.of(fault.code(), fault.status(), fault.message()));
      return null;
    }
  }

  private CompletionStage<?> serve(HttpEndpoint endpoint, Exchange exchange, String id) {
    return exchange
        .arriving(new FileBody(waiting, limits.folder()), limits.patience())
        .thenCompose(nothing -> begin(endpoint, exchange))
        .handle((result, error) -> error == null ? null : refuse(exchange, cause(error), id));
  }

  private static CompletionStage<?> begin(HttpEndpoint endpoint, Exchange exchange) {
    try {
      return exchange.awaiting(endpoint.begin(exchange).toCompletableFuture());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Answers an endpoint's failure, unless its answer has begun: that is cut off. */
  private static @Nullable Void refuse(Exchange exchange, Throwable error, String id) {
    if (exchange.answered() || error instanceof CancellationException) {
      throw new CompletionException(error);
    }
    if (error instanceof IOException) {
      if (!FullDisk.isBehind(error)) {
        throw new CompletionException(error);
      }
      refuse(exchange, Fault.of(FullDisk.error()), id);
    } else {
      refuse(exchange, fault(error, exchange.method() + " " + exchange.rawPath()), id);
    }
    return null;
  }

  private static void refuse(Exchange exchange, Fault fault, String id) {
    WireRequest request = new WireRequest(exchange, new byte[0]);
    try {
      respond(exchange, new RestJsonProtocol().encode(request, "", fault, id));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void respond(Exchange exchange, Answer answer) {
    try {
      exchange.respond(answer.status(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private CompletionStage<Answer> answer(
      Exchange exchange, WireRequest request, Protocol protocol, String service, String id) {
    CompletableFuture<Answer> answer;
    try {
      if (exchange.malformed() != null) {
        throw exchange.malformed();
      }
      Caller caller = exchange.caller();
      ServiceTable table = table(exchange.signature(), () -> protocol.asked(request));
      Protocol.Decoded decoded = protocol.decode(request, table);
      table.honoured().require(decoded.request());
      access.require(decoded.request(), caller, table.honoured(), service, id);
      ModelConstraints.require(decoded.request(), service, decoded.operation().name());
      answer =
          exchange
              .awaiting(started(decoded, caller, service))
              .thenApply(response -> encode(protocol, request, decoded.operation(), response, id));
    } catch (RuntimeException | IOException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.exceptionally(error -> refusal(protocol, request, service, cause(error), id));
  }

  private static CompletableFuture<@Nullable SdkPojo> started(
      Protocol.Decoded decoded, Caller caller, String service) {
    try {
      return decoded.operation().begin(decoded.request(), caller);
    } catch (RuntimeException e) {
      boolean answer = e instanceof AwsError || e instanceof AwsServiceException;
      throw answer ? e : blamed(e, decoded, service);
    }
  }

  /** A failure over a request without a member that its model requires is the caller's mistake. */
  private static RuntimeException blamed(
      RuntimeException e, Protocol.Decoded decoded, String service) {
    Optional<AwsError> missing =
        MissingMembers.of(decoded.request(), service, decoded.operation().name());
    return missing.isPresent() ? missing.get() : e;
  }

  private static Answer encode(
      Protocol protocol,
      WireRequest request,
      Operation operation,
      @Nullable SdkPojo response,
      String id) {
    String own = ownId(response);
    try {
      return own == null
          ? protocol.encode(request, operation, response, id)
          : protocol.encode(request, operation, response, own).with(Gateway.REQUEST_ID, own);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** The id that a service gave the call itself: Lambda's is the one in the function's log. */
  private static @Nullable String ownId(@Nullable SdkPojo response) {
    if (response instanceof AwsResponse answer && answer.responseMetadata() != null) {
      String id = answer.responseMetadata().requestId();
      return "UNKNOWN".equals(id) ? null : id; // which is the SDK's word for none
    }
    return null;
  }

  private static Answer refusal(
      Protocol protocol, WireRequest request, String service, Throwable error, String id) {
    if (error instanceof CancellationException) {
      throw new CompletionException(error); // there is nobody to answer
    }
    try {
      return protocol.encode(request, service, fault(error, protocol.asked(request)), id);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  private ServiceTable table(@Nullable Signature signature, Supplier<String> asked) {
    if (signature == null && UNSIGNED.contains(asked.get())) {
      throw AwsError.notImplemented("sts:" + asked.get());
    }
    if (signature == null) {
      throw AwsError.accessDenied(
          "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    if (!inRegion(signature)) {
      throw AwsError.accessDenied(
          "SignatureDoesNotMatch",
          "Credential should be scoped to a valid region: the embedded cloud is "
              + region
              + ", the request is signed for "
              + signature.region()
              + ".");
    }
    ServiceTable table = tables.get(signature.service());
    if (table == null) {
      throw AwsError.notImplemented("the service " + signature.service());
    }
    return table;
  }

  private boolean inRegion(@Nullable Signature signature) {
    return signature == null
        || signature.region().isEmpty()
        || signature.region().equals(region)
        || GLOBAL.contains(signature.service());
  }

  private static int limit(String service) {
    return service.equals("lambda") ? MOST_BYTES_LAMBDA : MOST_BYTES;
  }

  /** The body, uncompressed. */
  private byte[] plain(Exchange exchange, MemoryBody body, String service) {
    exchange.received(body.bytes());
    String encoding = exchange.header("Content-Encoding");
    if (encoding == null || !encoding.toLowerCase(Locale.ROOT).contains("gzip")) {
      return body.bytes();
    }
    MemoryBody plain = exchange.keep(new MemoryBody(waiting, limit(service)));
    byte[] piece = new byte[8 << 10];
    try (InputStream in = new GZIPInputStream(body.open())) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        plain.add(ByteBuffer.wrap(piece, 0, count));
      }
      return plain.bytes();
    } catch (IOException e) {
      // Not compressed after all: the protocol says what is wrong with it.
      return body.bytes();
    }
  }

  /** What the caller hears of an exception; one that is nobody's answer is logged. */
  private static Fault fault(Throwable error, String asked) {
    if (error instanceof AwsError answer) {
      return Fault.of(answer);
    }
    if (error instanceof AwsServiceException engine) {
      return Fault.of(engine);
    }
    LOG.log(Level.ERROR, "unexpected failure in " + asked, error);
    if (FullDisk.isBehind(error)) {
      return Fault.of(FullDisk.error());
    }
    return Fault.internal("pipelab's embedded cloud failed in " + asked + ": " + error);
  }
}
