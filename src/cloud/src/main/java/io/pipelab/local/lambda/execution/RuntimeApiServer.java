package io.pipelab.local.lambda.execution;

import io.pipelab.local.door.Door;
import io.pipelab.local.door.Guests;
import io.pipelab.local.wire.HttpErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
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
 * Serves the Lambda Runtime API to all execution environments on one port, each below a secret of
 * its own. {@code AWS_LAMBDA_RUNTIME_API} is {@code HOST:PORT/SECRET}: whatever puts {@code
 * http://} before it and {@code /2018-06-01/runtime/...} after it works. The variable stands in the
 * process's environment, which no other user can read; it never stands in a command line.
 */
final class RuntimeApiServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RuntimeApiServer.class.getName());
  private static final int MOST_THREADS = 100;
  private static final int SECRET_BYTES = 32;

  private final Map<String, RuntimeEndpoint> bySecret = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private @Nullable Server server;
  private @Nullable String authority;

  /** Opens the Runtime API for one environment. */
  RuntimeEndpoint open() throws IOException {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = HexFormat.of().formatHex(bytes);
    RuntimeEndpoint endpoint =
        new RuntimeEndpoint(authority() + "/" + secret, () -> bySecret.remove(secret));
    bySecret.put(secret, endpoint);
    return endpoint;
  }

  private synchronized String authority() throws IOException {
    if (authority == null) {
      authority = "127.0.0.1:" + start();
    }
    return authority;
  }

  private int start() throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1, 20_000);
    threads.setName("lambda-runtime-api");
    threads.setDaemon(true);
    Server started = Door.server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    ServerConnector connector =
        new ServerConnector(started, null, null, null, 0, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    // A function waits for its next event, and for its own slow answer, as long as it takes.
    connector.setIdleTimeout(0);
    started.addConnector(connector);
    started.setErrorHandler(HttpErrors.OF_RUNTIME_API);
    Door.open(started, Guests.NONE, RuntimeEndpoint::refuse, new Calls());
    try {
      started.start();
    } catch (Exception e) { // Jetty declares no less
      throw new IOException("the Runtime API does not start", e);
    }
    server = started;
    return connector.getLocalPort();
  }

  @Override
  public synchronized void close() {
    if (server == null) {
      return;
    }
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares no less
      LOG.log(System.Logger.Level.WARNING, "the Runtime API did not stop cleanly", e);
    } finally {
      server.destroy();
      server = null;
      authority = null;
    }
  }

  /** Finds the environment by its secret, the first segment of the path. */
  private final class Calls extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      String path = Request.getPathInContext(request);
      int cut = path.indexOf('/', 1);
      RuntimeEndpoint endpoint = cut < 0 ? null : bySecret.get(path.substring(1, cut));
      if (endpoint == null) {
        response.setStatus(403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        byte[] error = Reports.error("Forbidden", "no execution environment has this address");
        response.write(true, ByteBuffer.wrap(error), callback);
      } else {
        endpoint.handle(path.substring(cut), request, response, callback);
      }
      return true;
    }
  }
}
