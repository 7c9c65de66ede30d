package io.pipelab.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The embedded cloud as a process: found through its state file, started, stopped. */
public final class LocalCloudProcess {
  /** The port that other tools for local clouds expect. */
  public static final int DEFAULT_PORT = 4566;

  private static final Duration STOP_TIME = Duration.ofSeconds(20);

  /** Some seconds of work, which on a busy machine take much longer. */
  private static final Duration ARCHIVE_TIME = Duration.ofSeconds(40);

  private final Path folder;
  private final CloudJvm jvm;

  /**
   * The cloud whose state is in a folder.
   *
   * @param folder {@link Folders#localCloud()}
   */
  public LocalCloudProcess(Path folder, CloudJvm jvm) {
    this.folder = folder;
    this.jvm = jvm;
  }

  /** What the state file and the process table say together. */
  public record Sighting(@Nullable CloudState running, @Nullable CloudState gone) {}

  /** How a cloud is started. */
  public record StartOptions(int port, int speed, String region) {}

  /** Looks for the cloud; changes nothing. */
  public Sighting look() {
    Optional<CloudState> state = CloudState.read(folder);
    boolean alive = state.map(CloudState::alive).orElse(false);
    return new Sighting(alive ? state.orElseThrow() : null, alive ? null : state.orElse(null));
  }

  /** Whether a cloud that runs is of another build than this command. */
  public boolean isOutdated() {
    try {
      return look().running() != null && !jvm.program(folder).isCurrent();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Where the cloud's log is. */
  public Path log() {
    return CloudLaunch.log(folder);
  }

  /** Forgets a cloud that is gone; true when there was one to forget. */
  public boolean forget() {
    try {
      return look().gone() != null && Files.deleteIfExists(CloudState.file(folder));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Starts the cloud unless it runs, and waits until it answers. Two callers at once start one.
   *
   * @param say takes a line for the user, when there is something to say
   * @throws Failure when it cannot be started, with the end of its log
   */
  public CloudState start(StartOptions options, Consumer<String> say) {
    return locked(
        say,
        () -> {
          CloudState running = look().running();
          if (running != null) {
            return running;
          }
          forget();
          return launch(options, say);
        });
  }

  /**
   * Stops the cloud and waits for its end.
   *
   * @return whether one was running
   */
  public boolean stop(Consumer<String> say) {
    return Files.isDirectory(folder) && locked(say, () -> stopRunning(say));
  }

  /**
   * Runs the cloud as a child of this process, on this terminal, until one of the two ends.
   *
   * @return the cloud's exit code
   */
  public int runInForeground(StartOptions options, Consumer<String> say) {
    CloudLaunch launch = new CloudLaunch(folder, jvm);
    List<String> command =
        locked(
            say,
            () -> {
              forget();
              return launch.foreground(options);
            });
    return launch.run(command);
  }

  private boolean stopRunning(Consumer<String> say) {
    CloudState running = look().running();
    if (running == null) {
      forget();
      return false;
    }
    ProcessHandle process = ProcessHandle.of(running.pid()).orElse(null);
    if (process != null) {
      end(process, say);
    }
    forget();
    return true;
  }

  private void end(ProcessHandle process, Consumer<String> say) {
    try {
      ClassArchive archive = jvm.archive(jvm.program(folder));
      boolean writes = archive.isMissing();
      if (writes) {
        say.accept(
            "the embedded cloud archives its classes, once after each build: the next one starts"
                + " faster");
      }
      process.destroy();
      if (ended(process, writes ? STOP_TIME.plus(ARCHIVE_TIME) : STOP_TIME)) {
        archive.keep();
        return;
      }
      say.accept(
          Files.exists(CloudState.file(folder))
              ? "the embedded cloud did not end: killed"
              : "this took too long: given up until the next time");
      process.destroyForcibly();
      ended(process, STOP_TIME);
      archive.discard();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private <T> T locked(Consumer<String> say, Supplier<T> action) {
    try {
      PrivateFiles.createFolder(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("cloud.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel, say)) {
        return action.get();
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private CloudState launch(StartOptions options, Consumer<String> say) {
    StartOptions chosen = options;
    if (options.port() != 0 && !free(options.port())) {
      say.accept("port " + options.port() + " is taken: the embedded cloud takes another");
      chosen = new StartOptions(0, options.speed(), options.region());
    }
    return new CloudLaunch(folder, jvm).start(chosen);
  }

  private static boolean ended(ProcessHandle process, Duration within) {
    try {
      process.onExit().get(within.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of process " + process.pid() + " is unknown", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static FileLock lock(FileChannel channel, Consumer<String> say) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    say.accept("another pipelab starts or stops the embedded cloud: waiting for it");
    return channel.lock();
  }

  private Failure unusable(IOException e) {
    return new Failure(
        Failure.Kind.USAGE,
        "the embedded cloud's folder " + folder + " cannot be used",
        e.toString(),
        "make it writable, or set XDG_STATE_HOME to another folder",
        e);
  }
}
