package io.pipelab.local.wire;

import io.pipelab.local.door.Door;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Callers;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.wire.sigv4.SignatureCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP server of the embedded cloud, on the loopback interface. It is bound first, because
 * services are built with its address; calls that come before {@link #serve} wait.
 */
public final class Gateway implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  static final String REQUEST_ID = "x-amzn-RequestId";

  /** The cloud's time in the format of the Date header; the commands read it. */
  private static final String CLOUD_TIME = "x-pipelab-time";

  private static final HttpDate REAL = new HttpDate();
  private static final HttpDate CLOUD = new HttpDate();

  private static final int HEADER_BYTES = 64 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final Limits limits;
  private CallerNetwork network = CallerNetwork.EVERYWHERE;

  private Gateway(Server server, ServerConnector connector, Limits limits) {
    this.limits = limits;
    this.server = server;
    this.connector = connector;
  }

  /**
   * Takes a port of 127.0.0.1.
   *
   * @param port 0 for any that is free
   * @throws IOException a BindException when the port is taken
   */
  public static Gateway bind(int port, Limits limits) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), 4, 20_000);
    threads.setName("gateway");
    threads.setDaemon(true);
    threads.setStopTimeout(500);
    Server server = Door.server(threads);
    server.setErrorHandler(HttpErrors.OF_SERVICES);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
    // What is signed is what was sent, "UTF-8" in a Content-Type and not "utf-8".
    http.setHeaderCacheCaseSensitive(true);
    // Object keys may hold anything: encoded slashes, dots, empty segments.
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(120_000);
    connector.setAcceptQueueSize(512);
    server.addConnector(connector);
    connector.open();
    return new Gateway(server, connector, limits);
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Its URL, {@code http://127.0.0.1:PORT}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Holds callers to their networks, from {@link #serve} on. */
  public void heed(CallerNetwork callers) {
    this.network = callers;
  }

  /**
   * Starts to answer.
   *
   * @param region the one region that calls may be signed for
   * @param endpoints asked in this order, before any service
   * @param access asked before every action
   */
  public void serve(
      String region,
      List<AwsService> services,
      List<HttpEndpoint> endpoints,
      Callers callers,
      AccessCheck access,
      CloudClock clock,
      CallObserver observer) {
    Dispatcher dispatcher =
        new Dispatcher(limits, region, services, endpoints, access, network, observer);
    Authenticator authenticator = new Authenticator(callers, new SignatureCheck(Clock.systemUTC()));
    Executor workers = server.getThreadPool();
    Reception reception = new Reception(dispatcher, authenticator, clock, workers);
    Door.open(server, reception, reception, new Calls(dispatcher, authenticator, clock, workers));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) { // Jetty declares no less
      throw new IllegalStateException("the gateway does not start", e);
    }
  }

  /** Stops answering: open calls are cut off. */
  @Override
  public void close() {
    try {
      connector.close();
      server.stop();
    } catch (Exception e) { // Jetty declares no less
      LOG.log(Level.WARNING, "the gateway did not stop cleanly", e);
    } finally {
      server.destroy();
    }
  }

  /** Gives an answer its id, its date and the cloud's time, which may run ahead of that. */
  static String mark(Response response, CloudClock clock) {
    // Nothing is secret about it: the secure generator takes as long as a small action.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xF000L | 0x4000; // version 4
    long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
    String id = new UUID(high, low).toString();
    response.getHeaders().put(REQUEST_ID, id);
    response.getHeaders().put(HttpHeader.DATE, REAL.of(Instant.now()));
    response.getHeaders().put(CLOUD_TIME, CLOUD.of(clock.now()));
    return id;
  }

  /** Jetty's side of an exchange. */
  private static final class Calls extends Handler.Abstract {
    private final Dispatcher dispatcher;
    private final Authenticator authenticator;
    private final CloudClock clock;
    private final Executor server;

    Calls(Dispatcher dispatcher, Authenticator authenticator, CloudClock clock, Executor server) {
      this.server = server;
      this.dispatcher = dispatcher;
      this.authenticator = authenticator;
      this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String id = mark(response, clock);
      Exchange exchange = new Exchange(request, response, authenticator, server);
      CompletionStage<?> answered;
      try {
        answered = dispatcher.dispatch(exchange, id);
      } catch (RuntimeException e) {
        answered = CompletableFuture.failedFuture(e);
      }
      answered
          .thenCompose(nothing -> exchange.written())
          .whenComplete((result, failure) -> end(exchange, failure, callback));
      return true;
    }

    private static void end(Exchange exchange, @Nullable Throwable failure, Callback callback) {
      exchange.release();
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause == null && exchange.cutOff()) {
        callback.failed(new TimeoutException("the body did not arrive"));
        return;
      }
      if (cause == null) {
        callback.succeeded();
        return;
      }
      if (cause instanceof EofException || cause instanceof CancellationException) {
        LOG.log(Level.DEBUG, "the caller went away", cause);
      } else {
        String asked = exchange.method() + " " + exchange.rawPath();
        LOG.log(Level.ERROR, "no answer to " + asked, cause);
      }
      // Jetty answers what is not HTTP.
      callback.failed(cause.getCause() instanceof HttpException ? cause.getCause() : cause);
    }
  }
}
