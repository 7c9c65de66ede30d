package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Functions for a test: notes what is sent to those that let a service in. */
final class NotedFunctions implements FunctionInvoker {
  /** An event that a function got. */
  record Sent(String function, byte[] payload, Caller caller) {}

  final List<Sent> sent = new ArrayList<>();

  /** Functions and the service that each lets in, with a space between. */
  final Set<String> permissions = new HashSet<>();

  @Override
  public CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void invokeAsync(String functionArn, byte[] payload, Caller caller) {
    check(functionArn, caller);
    sent.add(new Sent(functionArn, payload, caller));
  }

  @Override
  public void check(String functionArn, Caller caller) {
    Caller.ServicePrincipal service = (Caller.ServicePrincipal) caller;
    if (!permissions.contains(functionArn + " " + service.service())) {
      throw AwsError.accessDenied("AccessDeniedException", "not authorized");
    }
  }
}
