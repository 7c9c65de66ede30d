package io.pipelab.local.rds;

import io.pipelab.local.door.Relay;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.FullDisk;
import io.pipelab.local.rds.server.ServerFailure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** What becomes of instances: their servers start, stop, fail and are started again. */
final class Lifecycle {
  private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

  /** RDS starts what is stopped after seven days (RDS guide, "Stopping a DB instance"). */
  static final Duration LONGEST_STOP = Duration.ofDays(7);

  /** A server that ends that often within a minute of real time is not started again. */
  private static final int MOST_CRASHES = 3;

  private static final long CRASH_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final CloudClock clock;
  private final InstanceNetwork network;

  /**
   * @param network whether the network lets a peer's packets through to an instance
   */
  Lifecycle(CloudClock clock, InstanceNetwork network) {
    this.clock = clock;
    this.network = network;
  }

  /** What is done to a server. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Makes the server of an instance that is being created. */
  void create(Instance instance, String user, String password, @Nullable String database) {
    work(
        instance,
        () -> {
          instance.server.create(user, password, database);
          open(instance);
          instance.enter(State.AVAILABLE);
        });
  }

  void start(Instance instance) {
    instance.change(builder -> builder.automaticRestartTime(null));
    cancelAutomaticStart(instance);
    work(
        instance,
        () -> {
          instance.server.start();
          open(instance);
          instance.enter(State.AVAILABLE);
        });
  }

  void stop(Instance instance) {
    work(
        instance,
        () -> {
          end(instance);
          instance.change(builder -> builder.automaticRestartTime(clock.now().plus(LONGEST_STOP)));
          instance.enter(State.STOPPED);
          instance.automaticStart = clock.after(LONGEST_STOP, () -> startWhenStopped(instance));
        });
  }

  private void startWhenStopped(Instance instance) {
    synchronized (instance) {
      if (instance.state() != State.STOPPED) {
        return;
      }
      instance.enter(State.STARTING);
    }
    start(instance);
  }

  void reboot(Instance instance) {
    work(
        instance,
        () -> {
          end(instance);
          instance.server.start();
          open(instance);
          instance.enter(State.AVAILABLE);
        });
  }

  /** Gives the master user another password; the connections that there are stay. */
  void changePassword(Instance instance, String password, State afterwards) {
    work(
        instance,
        () -> {
          instance.server.changePassword(instance.view().masterUsername(), password);
          instance.enter(afterwards);
        });
  }

  /** Nothing is left to do to the server, but what was asked before comes first. */
  void settle(Instance instance, State afterwards) {
    work(instance, () -> instance.enter(afterwards));
  }

  /**
   * Ends the server.
   *
   * @param last what is done with its files before they are deleted
   * @param gone what is done when nothing is left
   */
  void delete(Instance instance, Runnable last, Runnable gone) {
    cancelAutomaticStart(instance);
    instance.submit(
        () -> {
          try {
            end(instance);
            Relay relay = instance.relay;
            if (relay != null) {
              relay.close();
            }
            last.run();
            instance.server.delete();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException e) {
            LOG.log(Level.WARNING, "the data of a deleted database are not all gone", e);
          } finally {
            gone.run();
            instance.enter(State.DELETED);
          }
        });
  }

  private static void cancelAutomaticStart(Instance instance) {
    if (instance.automaticStart != null) {
      instance.automaticStart.cancel(false);
    }
  }

  private void work(Instance instance, Work work) {
    instance.submit(
        () -> {
          if (instance.state() == State.DELETING) {
            return;
          }
          try {
            work.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException | RuntimeException e) {
            fail(instance, e);
          }
        });
  }

  private static void fail(Instance instance, Exception failure) {
    String reason =
        FullDisk.isBehind(failure)
            ? FullDisk.error().getMessage()
            : failure instanceof ServerFailure known ? known.reason() : failure.toString();
    LOG.log(
        Level.WARNING,
        "the database instance " + instance.view().dbInstanceIdentifier() + " failed: " + reason);
    instance.watched = null;
    instance.change(
        builder ->
            builder.statusInfos(
                DBInstanceStatusInfo.builder()
                    .statusType("server")
                    .normal(false)
                    .status("error")
                    .message(reason)
                    .build()));
    instance.enter(State.FAILED);
  }

  /** Lets clients in, and looks out for an end that nobody asked for. */
  private void open(Instance instance) throws IOException {
    if (instance.relay == null) {
      Relay relay =
          Relay.open(
              instance.port, peer -> network.admits(instance, peer), () -> connect(instance));
      instance.relay = relay;
      instance.change(
          builder ->
              builder.endpoint(Endpoint.builder().address("127.0.0.1").port(relay.port()).build()));
    }
    CompletableFuture<?> end = instance.server.end();
    instance.watched = end;
    end.thenRun(() -> instance.submit(() -> ended(instance, end)));
  }

  private static SocketChannel connect(Instance instance) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(instance.server.socket()));
  }

  private static void end(Instance instance) throws InterruptedException {
    instance.watched = null;
    instance.server.stop();
    Relay relay = instance.relay;
    if (relay != null) {
      relay.cut();
    }
  }

  /** RDS starts a server again that ended by itself, with what its log holds. */
  private void ended(Instance instance, CompletableFuture<?> end) {
    if (instance.watched != end) {
      return;
    }
    String words = instance.server.lastWords();
    long now = System.nanoTime();
    instance.crashes.addLast(now);
    instance.crashes.removeIf(then -> now - then > CRASH_NANOS);
    if (instance.crashes.size() > MOST_CRASHES) {
      fail(instance, new IOException("The database server ends again and again: " + words));
      return;
    }
    instance.enter(State.REBOOTING);
    reboot(instance);
  }

  /** Ends the server because the cloud does. */
  static void close(Instance instance) {
    instance.interrupt();
    try {
      Relay relay = instance.relay;
      if (relay != null) {
        relay.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the port of a database did not close", e);
    }
  }
}
