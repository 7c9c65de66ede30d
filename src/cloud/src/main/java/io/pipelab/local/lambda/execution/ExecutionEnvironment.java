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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
  private final Executor steps;
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
      Executor steps,
      RuntimeEndpoint api,
      Process process,
      EnvironmentLog log,
      Path folder,
      ClassArchives.Recording classes) {
    this.spec = spec;
    this.clock = clock;
    this.steps = steps;
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
   * True when the process takes an event, and for its first event at once: its start belongs to
   * that. After some errors the runtime ends its process; an event must not run into that.
   */
  CompletableFuture<Boolean> takesEvents() {
    if (!initialized) {
      return CompletableFuture.completedFuture(true);
    }
    atRest = false;
    CompletableFuture<Boolean> asks =
        api.polled()
            .copy()
            .orTimeout(NEXT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .handle((polled, late) -> late == null ? polled : noMoreEvents());
    return onSteps(asks).thenApply(takes -> atRest = takes);
  }

  private boolean noMoreEvents() {
    LOG.log(Level.WARNING, spec.name() + " does not ask for events any more; it is ended");
    return false;
  }

  /** Handles an event and writes its log; afterwards {@link #usable()} says how it stands. */
  CompletableFuture<InvocationResult> invoke(Invocation invocation) {
    atRest = false;
    log.begin();
    output.expect(invocation.requestId());
    if (initialized) {
      return deliver(invocation, null);
    }
    initialized = true;
    return onSteps(within(api.start(), INIT_LIMIT.plus(spec.timeout())))
        .thenCompose(
            start -> {
              Duration init = since(startNanos);
              return start instanceof Reply.Ready
                  ? deliver(invocation, init)
                  : initFailed(invocation, start, init);
            });
  }

  private CompletableFuture<InvocationResult> deliver(
      Invocation invocation, @Nullable Duration init) {
    log.append(List.of(Reports.start(invocation, spec)));
    long begun = System.nanoTime();
    CompletableFuture<Reply> reply =
        within(api.deliver(invocation, spec.timeout()), spec.timeout());
    CompletableFuture<Duration> took = reply.thenApply(any -> since(begun));
    return onSteps(took).thenCompose(duration -> finish(invocation, reply.join(), duration, init));
  }

  private static CompletableFuture<Reply> within(CompletableFuture<Reply> reply, Duration limit) {
    return reply.completeOnTimeout(new Reply.TimedOut(), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What comes later goes on with our steps, not on the thread that it comes from. */
  private <T> CompletableFuture<T> onSteps(CompletableFuture<T> wait) {
    return wait.isDone() ? wait : wait.whenCompleteAsync((result, failure) -> {}, steps);
  }

  private CompletableFuture<InvocationResult> initFailed(
      Invocation invocation, Reply reply, Duration init) {
    String status =
        reply instanceof Reply.TimedOut
            ? "timeout"
            : "error\tError Type: "
                + (reply instanceof Reply.InitFailed failed
                    ? failed.errorType()
                    : "Runtime.ExitError");
    return onSteps(settle(reply))
        .thenCompose(
            settled -> {
              log.append(
                  List.of(Reports.initReport(init, status), Reports.start(invocation, spec)));
              return finish(invocation, reply, Duration.ZERO, init);
            });
  }

  private CompletableFuture<InvocationResult> finish(
      Invocation invocation, Reply reply, Duration duration, @Nullable Duration init) {
    OptionalLong peak = PeakMemory.megabytes(process.pid());
    return onSteps(settle(reply))
        .thenApply(settled -> report(invocation, reply, duration, init, peak));
  }

  private InvocationResult report(
      Invocation invocation,
      Reply reply,
      Duration duration,
      @Nullable Duration init,
      OptionalLong peak) {
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

  /** Completes when the process is at rest and all that it printed is in the log. */
  private CompletableFuture<?> settle(Reply reply) {
    if (reply instanceof Reply.Answer
        || reply instanceof Reply.Failed
        || reply instanceof Reply.TooLarge) {
      return printed().thenRun(() -> atRest = true);
    }
    process.destroyForcibly();
    return process
        .onExit()
        .copy()
        .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
        .thenCompose(ended -> output.ended())
        .thenCompose(ended -> errors.ended());
  }

  /**
   * The cloud's own runtime says where an invocation's output ends; an image's program does not.
   */
  private CompletableFuture<?> printed() {
    return spec.program() instanceof Program.Handler
        ? output.marked()
        : output.quiet().thenCompose(quiet -> errors.quiet());
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
