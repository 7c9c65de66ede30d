package io.pipelab.local.door;

import io.pipelab.local.kernel.WebVisit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Says which visits of web browsers a listener answers. */
@FunctionalInterface
public interface Guests {
  /** A listener that is for programs alone. */
  Guests NONE = (request, response, visit) -> false;

  boolean admits(Request request, Response response, WebVisit visit);
}
