package io.pipelab.local.door;

import io.pipelab.local.kernel.AwsError;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers who is not let in, in the language of the listener. */
@FunctionalInterface
public interface Refusals {
  void refuse(Request request, Response response, Callback callback, AwsError why);
}
