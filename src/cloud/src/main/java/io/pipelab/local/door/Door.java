package io.pipelab.local.door;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.WebVisit;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * Decides who is let in, before anything else looks at a request. The cloud runs code as its user:
 * whoever reaches it, by a web page in the user's browser for example, would own the user's
 * account. SECURITY.md says what is promised.
 */
public final class Door extends Handler.Wrapper {
  private final Guests guests;
  private final Refusals refusals;

  private Door(Guests guests, Refusals refusals, Handler behind) {
    super(behind);
    this.guests = guests;
    this.refusals = refusals;
  }

  /** The only way to make a server: it answers nothing before {@link #open}. */
  public static Server server(ThreadPool threads) {
    return new Server(threads);
  }

  /** Sets what a server answers to those who are let in. */
  public static void open(Server server, Guests guests, Refusals refusals, Handler behind) {
    server.setHandler(new Door(guests, refusals, behind));
  }

  /** Whether other users of this machine are kept out, too: not every platform tells them apart. */
  public static boolean refusesOtherUsers() {
    return Users.HERE.known();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    try {
      check(request, response);
    } catch (AwsError e) {
      // The body of a stranger is not waited for.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      refusals.refuse(request, response, callback, e);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private void check(Request request, Response response) {
    Users.HERE.check(request.getConnectionMetaData());
    Address asked = address(request);
    Optional<WebVisit> visit = Visits.of(request.getHeaders(), asked);
    if (visit.isPresent() && !guests.admits(request, response, visit.get())) {
      throw Visits.refused(name(visit.get()));
    }
  }

  /** Host and, in a request as proxies get it, the URL's own authority must both be of here. */
  private static Address address(Request request) {
    List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
    if (hosts.size() != 1) {
      throw Visits.refused("a request with " + hosts.size() + " headers Host");
    }
    String host = hosts.get(0);
    HttpURI uri = request.getHttpURI();
    boolean elsewhere =
        uri.getUser() != null
            || (uri.getAuthority() != null && Address.loopback(uri.getAuthority()).isEmpty());
    return Address.loopback(host)
        .filter(address -> !elsewhere)
        .orElseThrow(
            () ->
                Visits.refused("requests to the name " + (elsewhere ? uri.getAuthority() : host)));
  }

  private static String name(WebVisit visit) {
    if (visit instanceof WebVisit.Stranger stranger) {
      return "web pages of " + stranger.origin();
    }
    return visit instanceof WebVisit.Typed ? "browsers here" : "web pages here";
  }
}
