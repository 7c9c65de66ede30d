package io.pipelab.target;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The embedded cloud as a process: found through its state file, started, stopped. */
public final class LocalCloudProcess {
  /** The port that other tools for local clouds expect. */
  public static final int DEFAULT_PORT = 4566;

  private static final Duration STOP_TIME = Duration.ofSeconds(20);

  private static final Duration END_PACE = Duration.ofMillis(20);

  /** Some seconds of work, which on a busy machine take much longer. */
  private static final Duration ARCHIVE_TIME = Duration.ofSeconds(40);

  private final Path folder;
  private final Path cache;
  private final CloudJvm jvm;

  /**
   * The cloud whose state is in a folder.
   *
   * @param folder {@link Folders#localCloud()}
   * @param cache {@link Folders#cache()}, where it keeps programs that it fetches
   */
  public LocalCloudProcess(Path folder, Path cache, CloudJvm jvm) {
    this.folder = folder;
    this.cache = cache;
    this.jvm = jvm;
  }

  /** What the state file and the process table say together. */
  public record Sighting(@Nullable CloudState running, @Nullable CloudState gone) {}

  /**
   * How a cloud is started.
   *
   * @param port the port and no other; 0 for any; null for the one that it had, or the usual one
   * @param iam whether users and roles are held to their policies
   */
  public record StartOptions(@Nullable Integer port, int speed, String region, boolean iam) {
    /** With IAM, as usual. */
    public StartOptions(@Nullable Integer port, int speed, String region) {
      this(port, speed, region, true);
    }
  }

  /** Looks for the cloud; changes nothing. A cloud that was just killed is gone. */
  public Sighting look() {
    Optional<CloudState> state = CloudState.read(folder);
    boolean alive = state.map(this::isRunning).orElse(false);
    return new Sighting(alive ? state.orElseThrow() : null, alive ? null : state.orElse(null));
  }

  /** Whether that cloud is there, be it hung. */
  boolean isRunning(CloudState cloud) {
    return cloud.alive() && new CloudPulse(cloud).listens();
  }

  /** Whether a cloud that runs is of another build than this command. */
  public boolean isOutdated() {
    try {
      return look().running() != null && !jvm.program(folder).isCurrent();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Where the cloud keeps programs that it fetches. */
  public Path cache() {
    return cache;
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
          // What is left of a killed process holds its files for a moment.
          CloudState.read(folder).ifPresent(gone -> isOver(gone::alive, STOP_TIME));
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
    CloudLaunch launch = new CloudLaunch(folder, cache, jvm);
    List<String> command =
        locked(
            say,
            () -> {
              forget();
              return launch.foreground(chosen(options, say));
            });
    return launch.run(command);
  }

  private StartOptions chosen(StartOptions options, Consumer<String> say) {
    try {
      int port = new CloudPort(folder).choose(options.port(), say);
      return new StartOptions(port, options.speed(), options.region(), options.iam());
    } catch (IOException e) {
      throw unusable(e);
    }
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
      if (LinuxProcess.isStopped(process.pid())) {
        say.accept("the embedded cloud's process was stopped and cannot end by itself: killed");
        process.destroyForcibly();
        ended(process, STOP_TIME);
        archive.discard();
        return;
      }
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
    try {
      CloudState started = launchOn(chosen(options, say), options, say);
      new CloudPort(folder).remember(started.endpoint().getPort());
      return started;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Once more on another port, when somebody took the chosen one before the cloud did. */
  private CloudState launchOn(StartOptions first, StartOptions options, Consumer<String> say) {
    CloudLaunch launch = new CloudLaunch(folder, cache, jvm);
    try {
      return launch.start(first);
    } catch (Failure e) {
      StartOptions second = chosen(options, say);
      if (Objects.equals(second.port(), first.port())) {
        throw e;
      }
      return launch.start(second);
    }
  }

  /** One that has ended may wait for its parent for ever: that is an end, too. */
  private static boolean ended(ProcessHandle process, Duration within) {
    return isOver(() -> process.isAlive() && !LinuxProcess.isZombie(process.pid()), within);
  }

  private static boolean isOver(BooleanSupplier lasts, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    while (lasts.getAsBoolean()) {
      if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(END_PACE.toNanos());
    }
    return true;
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
