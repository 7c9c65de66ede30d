package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.ChildProcesses;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Class-data archives, from which a function's JVM maps its classes instead of reading and checking
 * them. An archive is made in the background, after the first event of a function's code, from the
 * names of the classes that were loaded by then; none of the function's code runs for it. It lies
 * beside the code and goes with it.
 */
final class ClassArchives implements AutoCloseable {
  static final String ARCHIVE = "classes.jsa";

  private static final System.Logger LOG = System.getLogger(ClassArchives.class.getName());
  private static final int MOST_ARCHIVES = 16;
  private static final long MOST_BYTES = 64L << 20;

  private final ChildProcesses processes;
  private final Path directory;
  private final Path java;

  /** The code whose archive is there, is made, or cannot be made. */
  private final Set<Path> known = ConcurrentHashMap.newKeySet();

  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "lambda-class-archives");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable Process making;

  /**
   * @param directory for the lists of classes, a folder of its own
   */
  ClassArchives(ChildProcesses processes, Path directory, Path java) {
    this.processes = processes;
    this.directory = directory;
    this.java = java;
  }

  /** The classes that one process loads. */
  final class Recording {
    private final Path list;
    private final StoredCode code;
    private final Path archive;
    private final String classPath;

    private Recording(Path list, StoredCode code, Path archive, String classPath) {
      this.list = list;
      this.code = code;
      this.archive = archive;
      this.classPath = classPath;
    }

    Path list() {
      return list;
    }

    StoredCode code() {
      return code;
    }

    Path archive() {
      return archive;
    }

    String classPath() {
      return classPath;
    }

    /** What the process's command line needs: the archive, or the record of its classes. */
    List<String> options() {
      if (Files.exists(archive)) {
        return List.of("-XX:SharedArchiveFile=" + archive);
      }
      return known.contains(archive) ? List.of() : List.of("-XX:DumpLoadedClassList=" + list);
    }

    /** The process has handled its first event: an archive can be made, unless there is one. */
    void firstEventDone() {
      make(this);
    }

    /** The process has ended. */
    void close() throws IOException {
      Files.deleteIfExists(list);
    }
  }

  /** The place of a zip archive's; it is used as soon as there is one. */
  static Path archive(DeploymentPackage code) {
    return code.zip().resolveSibling(ARCHIVE);
  }

  /**
   * Begins to record; the code is in use.
   *
   * @param archive its place, one for each class path; the folder goes with the code
   * @param classPath of absolute paths
   */
  Recording recording(String id, StoredCode code, Path archive, String classPath)
      throws IOException {
    return new Recording(
        Files.createDirectories(directory).resolve(id + ".classlist"), code, archive, classPath);
  }

  private void make(Recording recording) {
    known.removeIf(archive -> !Files.exists(archive.getParent()));
    Path archive = recording.archive();
    if (!Files.exists(recording.list())
        || known.size() >= MOST_ARCHIVES
        || !recording.code().retain()) {
      return;
    }
    if (!known.add(archive)) {
      recording.code().release();
      return;
    }
    try {
      maker.execute(() -> makeAndRelease(recording, archive));
    } catch (RejectedExecutionException e) {
      recording.code().release();
    }
  }

  private void makeAndRelease(Recording recording, Path archive) {
    try {
      String name = String.valueOf(archive.getFileName());
      Path made = archive.resolveSibling(name + ".new");
      Path list = archive.resolveSibling(name + ".classlist");
      Files.copy(recording.list(), list);
      int exit = run(command(list, made, recording.classPath()));
      Files.delete(list);
      if (exit == 0 && Files.size(made) <= MOST_BYTES) {
        Files.move(made, archive);
      } else {
        LOG.log(Level.DEBUG, "no class-data archive {0}: exit code {1}", archive, exit);
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no class-data archive " + archive, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      recording.code().release();
    }
  }

  /** Calls come first: the process gets what is left of the processors. */
  private List<String> command(Path list, Path archive, String classPath) {
    return List.of(
        "nice",
        "-n",
        "19",
        java.toString(),
        "-Xshare:dump",
        "-Xmx256m",
        "-XX:-UsePerfData",
        "-Xlog:disable",
        "-Xlog:all=error",
        "-XX:SharedClassListFile=" + list,
        "-XX:SharedArchiveFile=" + archive,
        "-cp",
        classPath);
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    Map<String, String> path = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");
    Process process = processes.start(command, path, directory);
    making = process;
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    process.getErrorStream().transferTo(OutputStream.nullOutputStream());
    return process.waitFor();
  }

  /** Makes no more archives, and ends the one that is being made. */
  @Override
  public void close() {
    maker.shutdownNow();
    Process process = making;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
