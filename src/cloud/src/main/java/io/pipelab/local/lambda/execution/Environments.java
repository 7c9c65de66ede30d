package io.pipelab.local.lambda.execution;

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
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
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

  /** How long an event waits for a place, in real time, before it is throttled. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(Environments.class.getName());

  private record Idle(ExecutionEnvironment environment, Instant since) {}

  private final EnvironmentLauncher launcher;
  private final CloudClock clock;
  private final int places;
  private final Future<?> sweeping;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition placeFree = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<ExecutionEnvironment> busy = new HashSet<>();
  private final Set<ExecutionEnvironment> retired = new HashSet<>();
  private int taken;
  private boolean closed;

  /**
   * @param places how many processes may live at a time
   */
  public Environments(EnvironmentLauncher launcher, CloudClock clock, int places) {
    this.launcher = launcher;
    this.clock = clock;
    this.places = places;
    this.sweeping = clock.every(Duration.ofMinutes(1), this::endIdle);
  }

  /**
   * Runs a function.
   *
   * @throws AwsError TooManyRequestsException when no process may be started, or what the role
   *     answers when it cannot be assumed
   */
  public InvocationResult invoke(FunctionSpec spec, Invocation invocation)
      throws InterruptedException {
    while (true) {
      ExecutionEnvironment environment = warm(spec);
      if (environment == null) {
        try {
          environment = launch(spec);
        } catch (StartFailure e) {
          return e.result(spec, invocation);
        }
      }
      try {
        if (environment.takesEvents()) {
          return environment.invoke(invocation);
        }
      } finally {
        release(environment);
      }
    }
  }

  /** A warm environment, or null when the caller holds a place to start one. */
  private @Nullable ExecutionEnvironment warm(FunctionSpec spec) throws InterruptedException {
    long patience = PATIENCE.toNanos();
    List<ExecutionEnvironment> dead = new ArrayList<>();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw AwsError.of("ServiceException", 500, "the embedded cloud is shutting down");
        }
        ExecutionEnvironment warm = takeIdle(spec, dead);
        if (warm != null) {
          busy.add(warm);
          return warm;
        }
        if (taken >= places && !idle.isEmpty()) {
          drop(idle.removeLast().environment(), dead);
        }
        if (taken < places) {
          taken++;
          return null;
        }
        if (patience <= 0) {
          throw AwsError.of("TooManyRequestsException", 429, "Rate Exceeded.");
        }
        patience = placeFree.awaitNanos(patience);
      }
    } finally {
      lock.unlock();
      end(dead);
    }
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
    placeFree.signal();
  }

  private ExecutionEnvironment launch(FunctionSpec spec) throws StartFailure {
    ExecutionEnvironment environment = null;
    try {
      environment = launcher.launch(spec);
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start function " + spec.name(), e);
    } finally {
      lock.lock();
      try {
        if (environment == null) {
          taken--;
          placeFree.signal();
        } else {
          busy.add(environment);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void release(ExecutionEnvironment environment) {
    boolean end;
    lock.lock();
    try {
      busy.remove(environment);
      end = retired.remove(environment) || closed || !environment.usable();
      if (end) {
        taken--;
      } else {
        idle.addFirst(new Idle(environment, clock.now()));
      }
      placeFree.signal();
    } finally {
      lock.unlock();
    }
    if (end) {
      end(List.of(environment));
    }
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
    endWhere(concerned);
    lock.lock();
    try {
      busy.stream().filter(concerned).forEach(retired::add);
    } finally {
      lock.unlock();
    }
  }

  private void endIdle() {
    Instant limit = clock.now().minus(IDLE_LIMIT);
    List<ExecutionEnvironment> old = new ArrayList<>();
    lock.lock();
    try {
      idle.removeIf(each -> each.since().isBefore(limit) && remember(each, old));
    } finally {
      lock.unlock();
    }
    end(old);
  }

  private void endWhere(Predicate<ExecutionEnvironment> which) {
    List<ExecutionEnvironment> ended = new ArrayList<>();
    lock.lock();
    try {
      idle.removeIf(each -> which.test(each.environment()) && remember(each, ended));
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
    lock.lock();
    try {
      closed = true;
      running = List.copyOf(busy);
      placeFree.signalAll();
    } finally {
      lock.unlock();
    }
    endWhere(each -> true);
    end(running);
    launcher.close();
  }

  /** As many environments as this machine can carry. */
  public static Environments onThisMachine(EnvironmentLauncher launcher, CloudClock clock) {
    int places = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
    return new Environments(launcher, clock, places);
  }
}
