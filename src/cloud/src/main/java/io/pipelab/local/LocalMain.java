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

  /** Runs until the process is told to end; returns only when the cloud could not be started. */
  private static int run(Settings settings) throws InterruptedException {
    try (FolderLock lock = FolderLock.take(settings.stateDir())) {
      DataFolder data = DataFolder.create(settings.stateDir());
      LocalCloud cloud = LocalCloud.start(settings, data.path());
      StateFile state = StateFile.write(settings, cloud.endpoint());
      // The JVM ends when the hook does, whatever it throws: a cloud never hangs half closed.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(state, cloud, data), "shutdown"));
      System.out.println("ready " + cloud.endpoint());
      System.out.flush();
      // The reader of that line closes the pipe; anything printed later belongs into the log.
      System.setOut(System.err);
      new CountDownLatch(1).await();
      return 0;
    } catch (BindException e) {
      System.err.println("pipelab local: port " + settings.port() + " is taken");
      return USAGE;
    } catch (IOException e) {
      System.err.println("pipelab local: cannot start: " + e);
      return 1;
    }
  }

  private static void end(StateFile state, LocalCloud cloud, DataFolder data) {
    try (data;
        cloud) {
      state.delete();
    }
  }
}
