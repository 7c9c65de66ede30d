package io.pipelab.local.ecs.container;

import io.pipelab.local.container.ImageConfig;
import io.pipelab.local.container.ImageFailure;
import io.pipelab.local.container.ImageRoot;
import io.pipelab.local.container.JavaCommand;
import io.pipelab.local.container.UnpackedImages;
import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.FileTree;
import io.pipelab.local.kernel.NetworkTenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts containers as child processes of the cloud. */
public final class ContainerHost {
  private final UnpackedImages images;
  private final ChildProcesses processes;
  private final NetworkTenants tenants;
  private final Path directory;
  private final Path javaHome;

  /**
   * @param tenants who is told in which network each container is
   * @param directory where each container gets a folder of its own
   * @param javaHome the JVM that runs the programs
   */
  public ContainerHost(
      UnpackedImages images,
      ChildProcesses processes,
      NetworkTenants tenants,
      Path directory,
      Path javaHome) {
    this.images = images;
    this.processes = processes;
    this.tenants = tenants;
    this.directory = directory;
    this.javaHome = javaHome;
  }

  /**
   * Pulls and unpacks an image; whoever closes it lets its files go.
   *
   * @throws ContainerFailure CannotPullContainerError
   */
  public UnpackedImages.Lease pull(String image) throws ContainerFailure {
    try {
      return images.pull(image);
    } catch (ImageFailure e) {
      throw ContainerFailure.of(image, e);
    }
  }

  /**
   * Starts a container.
   *
   * @param name unique, also as a file's name
   * @throws ContainerFailure CannotStartContainerError
   */
  public RunningContainer start(
      String name,
      UnpackedImages.Lease image,
      ContainerSpec spec,
      NetworkTenants.Site site,
      Consumer<List<String>> log)
      throws ContainerFailure {
    ImageConfig config = ImageConfig.of(image.image().config());
    ImageRoot root = new ImageRoot(image.folder());
    Path scratch = directory.resolve(name);
    try {
      Path temporary = Files.createDirectories(scratch.resolve("tmp"));
      String inContainer =
          spec.workingDirectory().isEmpty() ? config.workingDirectory() : spec.workingDirectory();
      Path folder = root.copyOf(inContainer, scratch.resolve("work"));
      Path java = javaHome.resolve("bin").resolve("java");
      List<String> command =
          new JavaCommand(root, java).of(spec.words(config), options(spec, temporary));
      Map<String, String> environment = new HashMap<>(config.environment());
      environment.putAll(spec.environment());
      environment.put("JAVA_HOME", javaHome.toString());
      environment.put("TMPDIR", temporary.toString());
      Process process = processes.start(command, environment, folder, spec.cpu());
      tenants.register(process, site);
      return watched(name, process, log, scratch);
    } catch (ImageFailure e) {
      discard(scratch);
      throw ContainerFailure.of(image.image().digest(), e);
    } catch (IOException e) {
      discard(scratch);
      throw ContainerFailure.cannotStart(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> options(ContainerSpec spec, Path temporary) {
    List<String> options = new ArrayList<>();
    options.add("-XX:ActiveProcessorCount=" + spec.processors());
    options.addAll(JavaCommand.options(spec.memoryMiB(), temporary));
    return options;
  }

  /** A process that nobody can watch does not go on. */
  private static RunningContainer watched(
      String name, Process process, Consumer<List<String>> log, Path scratch) {
    boolean watched = false;
    try {
      RunningContainer container = new RunningContainer(name, process, log, scratch);
      watched = true;
      return container;
    } finally {
      if (!watched) {
        process.destroyForcibly();
      }
    }
  }

  private static void discard(Path scratch) throws ContainerFailure {
    try {
      FileTree.delete(scratch);
    } catch (IOException e) {
      throw ContainerFailure.cannotStart(String.valueOf(e.getMessage()));
    }
  }
}
