package io.pipelab.local.lambda.runtime;

import java.io.IOException;

/**
 * The function process's main class: loads the handler, then handles one event after the other
 * until the process is killed.
 */
public final class Bootstrap {
  private final RuntimeApi api;
  private final FunctionOutput output;

  private Bootstrap(RuntimeApi api, FunctionOutput output) {
    this.api = api;
    this.output = output;
  }

  /** Runs the handler that {@code _HANDLER} names. */
  public static void main(String[] args) throws IOException {
    FunctionOutput output = FunctionOutput.install();
    RuntimeApi api = new RuntimeApi(environment("AWS_LAMBDA_RUNTIME_API"));
    new Bootstrap(api, output).run(environment("_HANDLER"));
  }

  static String environment(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  private void run(String handlerName) throws IOException {
    EventHandler handler = load(handlerName);
    while (true) {
      RuntimeApi.Event event = api.next();
      handle(handler, event);
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // whatever the function throws goes to its caller
  private EventHandler load(String handlerName) throws IOException {
    try {
      return new HandlerLoader(Thread.currentThread().getContextClassLoader()).load(handlerName);
    } catch (Throwable thrown) {
      Failure failure = Failure.of(thrown);
      output.event(failure.report());
      output.end("init");
      api.initFailed(failure);
      System.exit(1);
      throw new IllegalStateException(thrown);
    }
  }

  private void handle(EventHandler handler, RuntimeApi.Event event) throws IOException {
    byte[] answer;
    try {
      answer = handler.handle(event.body(), new InvocationContext(event, output));
    } catch (Throwable thrown) {
      Failure failure = Failure.of(thrown);
      output.event(failure.report());
      output.end(event.requestId());
      api.failed(event, failure);
      if (failure.fatal()) {
        System.exit(1);
      }
      return;
    }
    output.end(event.requestId());
    api.respond(event, answer);
  }
}
