package io.pipelab.local.rds.server;

import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One instance's server and its folder. It can be reached by its socket alone, which lies in a
 * folder that only the cloud's user can enter; what faces the network is the door's relay.
 */
public final class DatabaseServer {
  private static final FileAttribute<?> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** A crash's recovery on a busy machine takes its time; one that hangs must have an end. */
  private static final Duration START_TIME = Duration.ofMinutes(2);

  private static final Duration STOP_TIME = Duration.ofSeconds(20);

  /** The kernel's limit for a socket's path, with the zero behind it. */
  private static final int LONGEST_SOCKET = 103;

  private static final String READY = "ready for connections";

  private final ServerCache cache;
  private final ChildProcesses processes;
  private final Path folder;
  private volatile int connections;
  private final String ownPassword;
  private @Nullable Path socket;
  private @Nullable Child running;

  /**
   * A server that does not run yet.
   *
   * @param folder of its own; made at the first start
   * @param connections how many clients it admits
   */
  public DatabaseServer(ServerCache cache, ChildProcesses processes, Path folder, int connections) {
    this.cache = cache;
    this.processes = processes;
    this.folder = folder;
    this.connections = connections;
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    this.ownPassword = HexFormat.of().formatHex(secret);
  }

  /**
   * Makes an empty database and starts; returns when it answers. The password is hashed at once and
   * not kept.
   *
   * @param database to be created, or null
   * @throws IOException with the reason, when there is no server or it does not start
   */
  public void create(String user, String password, @Nullable String database)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.getParent());
    Files.createDirectory(folder, PRIVATE_FOLDER);
    FileTree.copy(cache.get().data(), folder.resolve("data"));
    start(Startup.first(user, password, database));
  }

  /** Starts again with the data as it was; returns when it answers. */
  public void start() throws IOException, InterruptedException {
    start(List.of());
  }

  private synchronized void start(List<String> first) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("plugins"));
    Path startup = Files.createTempFile(folder, "startup", ".sql", PRIVATE_FILE);
    try {
      Files.writeString(startup, Startup.script(first, Startup.always(ownPassword)));
      Path path = socket();
      Files.deleteIfExists(path);
      List<String> command = ServerOptions.command(cache.get(), folder, path, startup, connections);
      Child child =
          Child.start(
              processes, command, Map.of("PATH", "/usr/bin:/bin", "TZ", "UTC"), folder, READY);
      running = child;
      if (!isReady(child)) {
        running = null;
        child.process().destroyForcibly();
        child.await();
        throw new ServerFailure("The database server did not start: " + why(child));
      }
    } finally {
      Files.deleteIfExists(startup);
    }
  }

  private static boolean isReady(Child child) throws InterruptedException {
    try {
      return child.hasSaid().get(START_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The server's own words, which never hold more of a password than its hash. */
  private static String why(Child child) {
    return child.lastLines().stream()
        .filter(line -> line.contains("[ERROR]"))
        .findFirst()
        .map(line -> line.replaceFirst("^.*\\[ERROR] ", ""))
        .orElse("it ended with exit code " + child.process().exitValue());
  }

  /** Completes when the server that now runs ends, for whatever reason. */
  public synchronized CompletableFuture<?> end() {
    Child child = running;
    return child == null ? CompletableFuture.completedFuture(null) : child.process().onExit();
  }

  /** What it said of its end. */
  public synchronized String lastWords() {
    Child child = running;
    return child == null || child.process().isAlive() ? "" : why(child);
  }

  /** Ends the server so that its data are whole; returns when it has ended. */
  public synchronized void stop() throws InterruptedException {
    Child child = running;
    running = null;
    if (child == null) {
      return;
    }
    child.process().destroy();
    if (!child.process().waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
      child.process().destroyForcibly();
    }
    child.await();
  }

  /** Gives the master user another password, at once. */
  public void changePassword(String user, String password) throws IOException {
    try (SqlSession session = SqlSession.open(socket(), Startup.OWN_USER, ownPassword)) {
      session.execute(Startup.password(user, password));
    }
  }

  /** How many clients it admits from its next start on. */
  public void admit(int clients) {
    connections = clients;
  }

  /** Takes the data of a server that has ended out of its folder. */
  public synchronized void moveData(Path to) throws IOException {
    Files.move(folder.resolve("data"), to);
  }

  /** Where it listens; a path that is too long for a socket gets one in the temporary folder. */
  public synchronized Path socket() throws IOException {
    Path known = socket;
    if (known == null) {
      Path inside = folder.resolve("sock");
      boolean fits = inside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET;
      known =
          fits ? inside : Files.createTempDirectory("pipelab-db", PRIVATE_FOLDER).resolve("sock");
      socket = known;
    }
    return known;
  }

  /** Deletes all that the stopped server has written. */
  public synchronized void delete() throws IOException {
    Path known = socket;
    if (known != null && !known.startsWith(folder)) {
      FileTree.delete(known.resolve("..").normalize());
    }
    FileTree.delete(folder);
  }
}
