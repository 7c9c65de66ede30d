package io.pipelab.local;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The embedded cloud's process. It prints one line, {@code ready URL}, when it answers, and ends on
 * SIGTERM or SIGINT together with all its children.
 */
public final class LocalMain {
  private static final int USAGE = 2;

  private LocalMain() {}

  public static void main(String[] args) throws InterruptedException {
    // The log is for what went wrong; engines are talkative at INFO.
    Logger.getLogger("").setLevel(Level.WARNING);
    Settings settings;
    try {
      settings = Settings.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("pipelab local: " + e.getMessage());
      System.exit(USAGE);
      return;
    }
    System.exit(run(settings));
  }

  private static int run(Settings settings) throws InterruptedException {
    try (DataFolder data = DataFolder.create(settings.stateDir());
        LocalCloud cloud = LocalCloud.start(settings, data.path())) {
      StateFile state = StateFile.write(settings, cloud.endpoint());
      CountDownLatch ended = new CountDownLatch(1);
      CountDownLatch closed = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    state.delete();
                    ended.countDown();
                    awaitUninterruptibly(closed);
                  },
                  "shutdown"));
      System.out.println("ready " + cloud.endpoint());
      System.out.flush();
      // The reader of that line closes the pipe; anything printed later belongs into the log.
      System.setOut(System.err);
      awaitThenClose(ended, closed, cloud, data);
      return 0;
    } catch (BindException e) {
      System.err.println("pipelab local: port " + settings.port() + " is taken");
      return USAGE;
    } catch (IOException e) {
      System.err.println("pipelab local: cannot start: " + e);
      return 1;
    }
  }

  private static void awaitThenClose(
      CountDownLatch ended, CountDownLatch closed, LocalCloud cloud, DataFolder data)
      throws InterruptedException {
    try {
      ended.await();
    } finally {
      cloud.close();
      data.close();
      closed.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
