package io.pipelab.local.lambda.execution;

import io.pipelab.local.wire.HttpErrors;
import java.io.IOException;
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
 * Serves the Lambda Runtime API to all execution environments, each on a port of its own: {@code
 * AWS_LAMBDA_RUNTIME_API} is host and port, without a path by which they could be told apart.
 */
final class RuntimeApiServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RuntimeApiServer.class.getName());
  private static final int MOST_THREADS = 300;

  private @Nullable Server server;

  /** Opens the Runtime API for one environment. */
  RuntimeEndpoint open() throws IOException {
    Server running = running();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(running, null, null, null, 0, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    // A function waits for its next event, and for its own slow answer, as long as it takes.
    connector.setIdleTimeout(0);
    RuntimeEndpoint endpoint = new RuntimeEndpoint(connector);
    connector.addBean(endpoint);
    try {
      connector.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // Jetty declares no less
      throw new IOException("the Runtime API does not start", e);
    }
    return endpoint;
  }

  private synchronized Server running() throws IOException {
    if (server == null) {
      QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1, 20_000);
      threads.setName("lambda-runtime-api");
      threads.setDaemon(true);
      Server started = new Server(threads);
      started.setErrorHandler(HttpErrors.OF_RUNTIME_API);
      started.setHandler(new Calls());
      try {
        started.start();
      } catch (Exception e) { // Jetty declares no less
        throw new IOException("the Runtime API does not start", e);
      }
      server = started;
    }
    return server;
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
    }
  }

  /** Finds the environment by the port that was called. */
  private static final class Calls extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      ServerConnector connector = (ServerConnector) request.getConnectionMetaData().getConnector();
      connector.getBean(RuntimeEndpoint.class).handle(request, response, callback);
      return true;
    }
  }
}
