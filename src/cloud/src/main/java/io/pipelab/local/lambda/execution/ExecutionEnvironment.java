package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One process of one function's version; it handles one event at a time. */
final class ExecutionEnvironment implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ExecutionEnvironment.class.getName());

  /** What Lambda allows a function for its initialization before its own timeout begins. */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(10);

  private static final Duration NEXT_LIMIT = Duration.ofSeconds(2);
  private static final long END_SECONDS = 5;

  private final FunctionSpec spec;
  private final CloudClock clock;
  private final RuntimeEndpoint api;
  private final Process process;
  private final EnvironmentLog log;
  private final Path folder;
  private final ClassArchives.Recording classes;
  private final OutputReader output;
  private final OutputReader errors;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean initialized;

  /** Whether it is at rest: false while an event is in it, and for good after a crash. */
  private volatile boolean atRest = true;

  ExecutionEnvironment(
      FunctionSpec spec,
      CloudClock clock,
      RuntimeEndpoint api,
      Process process,
      EnvironmentLog log,
      Path folder,
      ClassArchives.Recording classes) {
    this.spec = spec;
    this.clock = clock;
    this.api = api;
    this.process = process;
    this.log = log;
    this.folder = folder;
    this.classes = classes;
    this.output = OutputReader.start(process.getInputStream(), log);
    this.errors = OutputReader.start(process.getErrorStream(), log);
    process.onExit().thenAccept(ended -> api.exited(ended.exitValue()));
  }

  FunctionSpec spec() {
    return spec;
  }

  /** Whether another event can be handed to it. */
  boolean usable() {
    // In real time, as its keys are.
    boolean young = since(startNanos).compareTo(EnvironmentLauncher.LIFETIME) < 0;
    return atRest && young && process.isAlive();
  }

  /**
   * Waits until the process takes an event, and for its first event not at all: its start belongs
   * to that. After some errors the runtime ends its process; an event must not run into that.
   */
  boolean takesEvents() throws InterruptedException {
    if (!initialized) {
      return true;
    }
    atRest = false;
    try {
      atRest = api.polled().get(NEXT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.log(Level.WARNING, spec.name() + " does not ask for events any more; it is ended");
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a poll never fails", e);
    }
    return atRest;
  }

  /** Handles an event and writes its log; afterwards {@link #usable()} says how it stands. */
  InvocationResult invoke(Invocation invocation) throws InterruptedException {
    atRest = false;
    log.begin();
    output.expect(invocation.requestId());
    Duration init = null;
    if (!initialized) {
      initialized = true;
      Reply start = await(api.start(), INIT_LIMIT.plus(spec.timeout()));
      init = since(startNanos);
      if (!(start instanceof Reply.Ready)) {
        return initFailed(invocation, start, init);
      }
    }
    log.append(List.of(Reports.start(invocation, spec)));
    long begun = System.nanoTime();
    Reply reply = await(api.deliver(invocation, spec.timeout()), spec.timeout());
    return finish(invocation, reply, since(begun), init);
  }

  private static Reply await(CompletableFuture<Reply> reply, Duration limit)
      throws InterruptedException {
    try {
      return reply.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Reply.TimedOut();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reply never fails", e);
    }
  }

  private InvocationResult initFailed(Invocation invocation, Reply reply, Duration init)
      throws InterruptedException {
    String status =
        reply instanceof Reply.TimedOut
            ? "timeout"
            : "error\tError Type: "
                + (reply instanceof Reply.InitFailed failed
                    ? failed.errorType()
                    : "Runtime.ExitError");
    settle(invocation, reply);
    log.append(List.of(Reports.initReport(init, status), Reports.start(invocation, spec)));
    return finish(invocation, reply, Duration.ZERO, init);
  }

  private InvocationResult finish(
      Invocation invocation, Reply reply, Duration duration, @Nullable Duration init)
      throws InterruptedException {
    OptionalLong peak = PeakMemory.megabytes(process.pid());
    settle(invocation, reply);
    Outcome outcome = outcome(invocation, reply, duration);
    List<String> lines = new ArrayList<>(outcome.lines());
    lines.add("END RequestId: " + invocation.requestId());
    lines.add(Reports.report(invocation, spec, duration, init, peak, outcome.status()));
    log.append(lines);
    if (init != null && reply instanceof Reply.Answer) {
      classes.firstEventDone();
    }
    return new InvocationResult(
        outcome.payload(), reply instanceof Reply.Answer ? "" : "Unhandled", log.tail(), duration);
  }

  /** Brings the process to rest and all that it printed into the log. */
  private void settle(Invocation invocation, Reply reply) throws InterruptedException {
    if (reply instanceof Reply.Answer
        || reply instanceof Reply.Failed
        || reply instanceof Reply.TooLarge) {
      awaitOutput();
      atRest = true;
      return;
    }
    process.destroyForcibly();
    process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    output.awaitEnd();
    errors.awaitEnd();
  }

  /** The cloud's own runtime says where an invocation's output ends; an image's program does not. */
  private void awaitOutput() throws InterruptedException {
    if (spec.program() instanceof Program.Handler) {
      output.awaitMark();
    } else {
      output.awaitQuiet();
      errors.awaitQuiet();
    }
  }

  private record Outcome(byte[] payload, List<String> lines, String status) {}

  private Outcome outcome(Invocation invocation, Reply reply, Duration duration) {
    if (reply instanceof Reply.Answer answer) {
      return new Outcome(answer.payload(), List.of(), "");
    } else if (reply instanceof Reply.Failed failed) {
      return new Outcome(failed.payload(), List.of(), "");
    } else if (reply instanceof Reply.InitFailed failed) {
      return new Outcome(failed.payload(), List.of(), "error\tError Type: " + failed.errorType());
    } else if (reply instanceof Reply.TooLarge) {
      return platformError(
          "Function.ResponseSizeTooLarge",
          "Response payload size exceeded maximum allowed payload size ("
              + RuntimeEndpoint.MAX_RESPONSE_BYTES
              + " bytes).");
    } else if (reply instanceof Reply.Exited exited) {
      String message = Reports.exited(invocation, exited.code());
      return new Outcome(
          Reports.error("Runtime.ExitError", message),
          List.of(message + "\nRuntime.ExitError"),
          "error\tError Type: Runtime.ExitError");
    }
    String message = Reports.timedOut(clock.now(), invocation, duration);
    return new Outcome(Reports.error("Sandbox.Timedout", message), List.of(message), "timeout");
  }

  private static Outcome platformError(String type, String message) {
    return new Outcome(
        Reports.error(type, message), List.of(message), "error\tError Type: " + type);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Kills the process, waits until it is gone, and lets go of its folder and its code. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    process.destroyForcibly();
    api.close();
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
      FileTree.delete(folder);
      classes.close();
    } catch (IOException e) {
      // What is left lies in the cloud's own folder, which goes with the cloud.
      log.append(List.of("pipelab: cannot delete " + folder + ": " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      spec.code().release();
    }
  }
}
