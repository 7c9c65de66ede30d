package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The execution environments that are alive: warm ones are used again, idle ones end, and there are
 * never more than this machine can carry.
 */
public final class Environments implements AutoCloseable {
  /** How long an environment stays warm, in cloud time; on AWS it is some minutes. */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(Environments.class.getName());

  private record Idle(ExecutionEnvironment environment, Instant since) {}

  /** An event that waits: for a warm environment, or, when it is given none, for a place. */
  private record Waiter(
      FunctionSpec spec, CompletableFuture<Optional<ExecutionEnvironment>> given) {}

  /** What a waiter is given, as soon as the lock is free again. */
  private record Grant(Waiter waiter, Optional<ExecutionEnvironment> warm) {}

  private final EnvironmentLauncher launcher;
  private final CloudClock clock;
  private final int places;
  private final Future<?> sweeping;

  private final Duration patience;
  private final Executor steps;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<ExecutionEnvironment> busy = new HashSet<>();
  private final Set<ExecutionEnvironment> retired = new HashSet<>();
  private int taken;
  private boolean closed;

  /**
   * @param places how many processes may live at a time
   * @param patience how long an event waits for a place, in real time, before it is throttled
   * @param steps runs what goes on when a wait is over
   */
  Environments(
      EnvironmentLauncher launcher,
      CloudClock clock,
      int places,
      Duration patience,
      Executor steps) {
    this.launcher = launcher;
    this.clock = clock;
    this.places = places;
    this.patience = patience;
    this.steps = steps;
    this.sweeping = clock.every(Duration.ofMinutes(1), this::endIdle);
  }

  /**
   * Runs a function, as soon as there is a place for it. The wait holds no thread.
   *
   * @return fails with an {@link AwsError}: TooManyRequestsException when no process may be
   *     started, or what the role answers when it cannot be assumed
   */
  public CompletableFuture<InvocationResult> invoke(FunctionSpec spec, Invocation invocation) {
    return environment(spec)
        .thenCompose(environment -> use(environment, spec, invocation))
        .exceptionally(failure -> notStarted(AsyncAction.cause(failure), spec, invocation));
  }

  private static InvocationResult notStarted(
      Throwable failure, FunctionSpec spec, Invocation invocation) {
    if (failure instanceof StartFailure e) {
      return e.result(spec, invocation);
    }
    throw new CompletionException(failure);
  }

  private CompletableFuture<InvocationResult> use(
      ExecutionEnvironment environment, FunctionSpec spec, Invocation invocation) {
    return environment
        .takesEvents()
        .thenCompose(
            takes ->
                takes
                    ? environment.invoke(invocation).thenApply(Optional::of)
                    : CompletableFuture.completedFuture(Optional.<InvocationResult>empty()))
        .whenComplete((result, failure) -> release(environment))
        .thenCompose(
            result ->
                result
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> invoke(spec, invocation)));
  }

  private CompletableFuture<ExecutionEnvironment> environment(FunctionSpec spec) {
    return place(spec)
        .thenCompose(
            warm ->
                warm.map(CompletableFuture::completedFuture)
                    .orElseGet(() -> CompletableFuture.supplyAsync(() -> launch(spec), steps)));
  }

  /** A warm environment, or none when the caller holds a place to start one; perhaps later. */
  private CompletableFuture<Optional<ExecutionEnvironment>> place(FunctionSpec spec) {
    Waiter waiter = new Waiter(spec, new CompletableFuture<>());
    List<ExecutionEnvironment> dead = new ArrayList<>();
    List<Grant> grants;
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(shuttingDown());
      }
      waiting.add(waiter);
      grants = serve(dead);
    } finally {
      lock.unlock();
    }
    give(grants, dead);
    if (waiter.given().isDone()) {
      return waiter.given();
    }
    return waiter
        .given()
        .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
        .handleAsync((given, late) -> given == null ? throttle(waiter, late) : given, steps);
  }

  private Optional<ExecutionEnvironment> throttle(Waiter waiter, Throwable late) {
    lock.lock();
    try {
      waiting.remove(waiter);
    } finally {
      lock.unlock();
    }
    throw late instanceof TimeoutException
        ? AwsError.of("TooManyRequestsException", 429, "Rate Exceeded.")
        : shuttingDown();
  }

  private static AwsError shuttingDown() {
    return AwsError.of("ServiceException", 500, "the embedded cloud is shutting down");
  }

  /** Takes from the line who can be served now: each gets what it waits for, first come first. */
  private List<Grant> serve(List<ExecutionEnvironment> dead) {
    List<Grant> grants = new ArrayList<>();
    while (!waiting.isEmpty()) {
      ExecutionEnvironment warm = takeIdle(waiting.getFirst().spec(), dead);
      if (warm != null) {
        busy.add(warm);
      } else {
        if (taken >= places && !idle.isEmpty()) {
          drop(idle.removeLast().environment(), dead);
        }
        if (taken >= places) {
          break;
        }
        taken++;
      }
      grants.add(new Grant(waiting.removeFirst(), Optional.ofNullable(warm)));
    }
    return grants;
  }

  /** Without the lock: what is dead ends, and who is served goes on. */
  private void give(List<Grant> grants, List<ExecutionEnvironment> dead) {
    end(dead);
    for (Grant each : grants) {
      if (!each.waiter().given().complete(each.warm())) {
        // Its patience ended just then.
        each.warm().ifPresentOrElse(this::release, this::placeLeft);
      }
    }
  }

  /** A place that was counted is not used. */
  private void placeLeft() {
    List<ExecutionEnvironment> dead = new ArrayList<>();
    List<Grant> grants;
    lock.lock();
    try {
      taken--;
      grants = serve(dead);
    } finally {
      lock.unlock();
    }
    give(grants, dead);
  }

  private @Nullable ExecutionEnvironment takeIdle(
      FunctionSpec spec, List<ExecutionEnvironment> dead) {
    Iterator<Idle> newestFirst = idle.iterator();
    while (newestFirst.hasNext()) {
      ExecutionEnvironment environment = newestFirst.next().environment();
      if (!environment.usable()) {
        newestFirst.remove();
        drop(environment, dead);
      } else if (environment.spec().key().equals(spec.key())) {
        newestFirst.remove();
        return environment;
      }
    }
    return null;
  }

  private void drop(ExecutionEnvironment environment, List<ExecutionEnvironment> dead) {
    taken--;
    dead.add(environment);
  }

  private ExecutionEnvironment launch(FunctionSpec spec) {
    ExecutionEnvironment environment = null;
    try {
      environment = launcher.launch(spec, steps);
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start function " + spec.name(), e);
    } catch (StartFailure e) {
      throw new CompletionException(e);
    } finally {
      if (environment == null) {
        placeLeft();
      } else {
        began(environment);
      }
    }
  }

  private void began(ExecutionEnvironment environment) {
    boolean late;
    lock.lock();
    try {
      busy.add(environment);
      late = closed;
    } finally {
      lock.unlock();
    }
    if (late) {
      end(List.of(environment));
    }
  }

  private void release(ExecutionEnvironment environment) {
    List<ExecutionEnvironment> ended = new ArrayList<>();
    List<Grant> grants;
    lock.lock();
    try {
      busy.remove(environment);
      if (retired.remove(environment) || closed || !environment.usable()) {
        drop(environment, ended);
      } else {
        idle.addFirst(new Idle(environment, clock.now()));
      }
      grants = serve(ended);
    } finally {
      lock.unlock();
    }
    give(grants, ended);
  }

  /**
   * Ends the environments of a function's version whose code or configuration changed, or that is
   * deleted: idle ones at once, busy ones after their event.
   *
   * @param version {@code $LATEST}, a number, or null for all
   */
  public void retire(String functionArn, @Nullable String version) {
    Predicate<ExecutionEnvironment> concerned =
        each ->
            each.spec().arn().equals(functionArn)
                && (version == null || each.spec().version().equals(version));
    endIdle(each -> concerned.test(each.environment()));
    lock.lock();
    try {
      busy.stream().filter(concerned).forEach(retired::add);
    } finally {
      lock.unlock();
    }
  }

  private void endIdle() {
    Instant limit = clock.now().minus(IDLE_LIMIT);
    endIdle(each -> each.since().isBefore(limit));
  }

  private void endIdle(Predicate<Idle> which) {
    List<ExecutionEnvironment> ended = new ArrayList<>();
    lock.lock();
    try {
      idle.removeIf(each -> which.test(each) && remember(each, ended));
    } finally {
      lock.unlock();
    }
    end(ended);
  }

  /** Ends them all: one that does not end cleanly keeps neither the others nor its place. */
  private static void end(List<ExecutionEnvironment> environments) {
    for (ExecutionEnvironment each : environments) {
      try {
        each.close();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "an environment of " + each.spec().name() + " did not end cleanly", e);
      }
    }
  }

  private boolean remember(Idle each, List<ExecutionEnvironment> ended) {
    drop(each.environment(), ended);
    return true;
  }

  /** How many processes live, busy and idle. */
  int alive() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all environments; running functions are killed. */
  @Override
  public void close() {
    sweeping.cancel(false);
    List<ExecutionEnvironment> running;
    List<Waiter> left;
    lock.lock();
    try {
      closed = true;
      running = List.copyOf(busy);
      left = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(each -> each.given().completeExceptionally(shuttingDown()));
    endIdle(each -> true);
    end(running);
    launcher.close();
  }

  /** As many environments as this machine can carry. */
  public static Environments onThisMachine(
      EnvironmentLauncher launcher, CloudClock clock, Executor steps) {
    int places = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
    return new Environments(launcher, clock, places, PATIENCE, steps);
  }
}
