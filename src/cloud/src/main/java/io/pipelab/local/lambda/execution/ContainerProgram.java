package io.pipelab.local.lambda.execution;

import io.pipelab.local.container.ImageConfig;
import io.pipelab.local.container.ImageFailure;
import io.pipelab.local.container.ImageRoot;
import io.pipelab.local.container.JavaCommand;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a function's image runs, with what the function overrides. */
record ContainerProgram(ImageRoot root, ImageConfig image, ImageOverrides overrides) {
  /** Where Lambda looks for a program when the image does not say. */
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin:/opt/bin";

  /** The entry point and its arguments; empty when nobody names any. */
  List<String> words() {
    List<String> words =
        new ArrayList<>(
            overrides.entryPoint().isEmpty() ? image.entryPoint() : overrides.entryPoint());
    words.addAll(overrides.command().isEmpty() ? image.command() : overrides.command());
    return words;
  }

  /** Where it is started, as the container says it. */
  String workingDirectory() {
    String folder =
        overrides.workingDirectory().isEmpty()
            ? image.workingDirectory()
            : overrides.workingDirectory();
    return folder.isEmpty() ? "/" : folder;
  }

  private boolean isJava() {
    String program = words().get(0);
    return program.substring(program.lastIndexOf('/') + 1).equals("java");
  }

  /**
   * Refuses by name what is in the image and cannot be run here.
   *
   * @throws AwsError NotImplemented
   */
  void requireJava() {
    if (words().isEmpty() || (!isJava() && !isInImage(words().get(0)))) {
      return;
    }
    try {
      new JavaCommand(root, Path.of("java")).of(words(), List.of());
    } catch (ImageFailure e) {
      throw AwsError.notImplemented("this image function: " + e.getMessage());
    }
  }

  private boolean isInImage(String program) {
    if (program.contains("/")) {
      return isFile(program);
    }
    for (String folder : image.environment().getOrDefault("PATH", USUAL_PATH).split(":")) {
      if (isFile(folder + "/" + program)) {
        return true;
      }
    }
    return false;
  }

  private boolean isFile(String path) {
    try {
      return Files.isRegularFile(root.resolve(path));
    } catch (IOException e) {
      return false; // links in a circle: Linux finds no program either
    }
  }

  /**
   * The command of the host.
   *
   * @param java the host's own program
   * @throws StartFailure Runtime.InvalidEntrypoint
   */
  List<String> command(Path java, List<String> options) throws StartFailure {
    if (words().isEmpty()) {
      throw StartFailure.invalidEntryPoint(
          "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }
    String program = words().get(0);
    if (!isJava()) {
      throw StartFailure.invalidEntryPoint(
          program.contains("/")
              ? "fork/exec " + program + ": no such file or directory"
              : "exec: \"" + program + "\": executable file not found in $PATH");
    }
    try {
      return new JavaCommand(root, java).of(words(), options);
    } catch (ImageFailure e) {
      throw StartFailure.invalidEntryPoint(e.getMessage());
    }
  }

  /**
   * Where the process is started: a copy of the image's folder, so that what one environment writes
   * there no other sees.
   *
   * @throws StartFailure Runtime.InvalidWorkingDir
   */
  Path workingCopy(Path own) throws IOException, StartFailure {
    String folder = workingDirectory();
    if (!folder.startsWith("/")) {
      throw StartFailure.invalidWorkingDirectory(
          "the working directory '" + folder + "' is invalid, it needs to be an absolute path");
    }
    if (!Files.isDirectory(root.resolve(folder))) {
      throw StartFailure.invalidWorkingDirectory("the working directory doesn't exist: " + folder);
    }
    return root.copyOf(folder, own);
  }
}
