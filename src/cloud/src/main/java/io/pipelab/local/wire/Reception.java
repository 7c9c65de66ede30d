package io.pipelab.local.wire;

import io.pipelab.local.door.Guests;
import io.pipelab.local.door.Refusals;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.WebVisit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the gateway's door asks for: whom the endpoints admit, and AWS's words to refuse. */
final class Reception implements Guests, Refusals {
  private final Dispatcher dispatcher;
  private final Authenticator authenticator;
  private final CloudClock clock;
  private final Executor server;

  Reception(Dispatcher dispatcher, Authenticator authenticator, CloudClock clock, Executor server) {
    this.server = server;
    this.dispatcher = dispatcher;
    this.authenticator = authenticator;
    this.clock = clock;
  }

  @Override
  public boolean admits(Request request, Response response, WebVisit visit) {
    return dispatcher.admits(new Exchange(request, response, authenticator, server), visit);
  }

  @Override
  public void refuse(Request request, Response response, Callback callback, AwsError why) {
    try {
      String id = Gateway.mark(response, clock);
      Answer answer =
          Dispatcher.refusal(new Exchange(request, response, authenticator, server), why, id);
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
    } catch (IOException e) {
      callback.failed(e);
    }
  }
}
