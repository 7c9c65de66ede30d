package io.pipelab.local.lambda.execution;

import io.pipelab.local.container.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prepares processes of functions that are container images. */
final class ContainerLaunch {
  private final ClassArchives archives;
  private final Path java;

  /**
   * @param java the host's own program, which runs the images' programs
   */
  ContainerLaunch(ClassArchives archives, Path java) {
    this.archives = archives;
    this.java = java;
  }

  /**
   * Prepares one process.
   *
   * @param folder the environment's own
   * @throws StartFailure when there is no such program, or no such working directory
   */
  Launch prepare(Program.Container container, String id, int memoryMb, Path folder)
      throws IOException, StartFailure {
    ContainerProgram program = container.code().program(container.overrides());
    List<String> options = JavaCommand.options(memoryMb, folder);
    List<String> plain = program.command(java, options);
    ClassArchives.Recording recording = recording(container.code(), id, plain);
    List<String> more = new ArrayList<>(options);
    if (takesArchive(plain)) {
      more.addAll(recording.options());
    }
    return new Launch(
        program.command(java, more),
        Map.of(
            "JAVA_HOME", java.resolve("../..").normalize().toString(),
            "LAMBDA_TASK_ROOT", program.root().resolve("/var/task").toString()),
        program.workingCopy(folder.resolve("work")),
        recording);
  }

  /** Class data are kept for a class path of absolute paths; other programs start without. */
  private static boolean takesArchive(List<String> command) {
    return Arrays.stream(JavaCommand.classPath(command).split(File.pathSeparator))
            .allMatch(path -> path.startsWith("/"))
        && command.stream().noneMatch(word -> word.startsWith("-XX:SharedArchive"));
  }

  private ClassArchives.Recording recording(FunctionImage code, String id, List<String> command)
      throws IOException {
    String classPath = JavaCommand.classPath(command);
    Path folder = Files.createDirectories(code.folder());
    Path archive = folder.resolve("classes-" + Integer.toHexString(classPath.hashCode()) + ".jsa");
    return archives.recording(id, code, archive, classPath);
  }
}
