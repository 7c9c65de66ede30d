package io.pipelab.local.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The actions of one service, by the SDK's request class; the table that the wire layer dispatches
 * on.
 */
public final class Actions {
  private final Map<Class<? extends SdkPojo>, Action<?, ?>> byRequest = new LinkedHashMap<>();

  /** Adds an action that cares who calls. */
  public <I extends SdkPojo, O extends SdkPojo> Actions on(Class<I> request, Action<I, O> action) {
    if (byRequest.putIfAbsent(request, action) != null) {
      throw new IllegalStateException("two actions for " + request.getSimpleName());
    }
    return this;
  }

  /** Adds an action that does not care who calls: an SDK client's own method fits here. */
  public <I extends SdkPojo, O extends SdkPojo> Actions on(
      Class<I> request, Function<I, O> action) {
    return on(request, (I input, Caller caller) -> action.apply(input));
  }

  /** Adds an action that waits without a thread. */
  public <I extends SdkPojo, O extends SdkPojo> Actions onAsync(
      Class<I> request, AsyncAction<I, O> action) {
    return on(request, action);
  }

  /** The table, in the order in which the actions were added. */
  public Map<Class<? extends SdkPojo>, Action<?, ?>> byRequest() {
    return Collections.unmodifiableMap(byRequest);
  }
}
