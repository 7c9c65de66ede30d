package io.pipelab.local.lambda.execution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A zip archive with the layers under it. The layers' files stay as long as the function uses them,
 * also when their versions are deleted.
 *
 * @param layers in the order in which they are laid over each other
 */
public record LayeredCode(DeploymentPackage archive, List<DeploymentPackage> layers)
    implements StoredCode {
  public LayeredCode {
    layers = List.copyOf(layers);
  }

  @Override
  public String sha256() {
    return archive.sha256();
  }

  @Override
  public long size() {
    return archive.size();
  }

  /** What it unpacks to, layers and all, in bytes. */
  public long unpackedSize() {
    return archive.unpackedSize()
        + layers.stream().mapToLong(DeploymentPackage::unpackedSize).sum();
  }

  @Override
  public boolean retain() {
    List<DeploymentPackage> held = new ArrayList<>();
    for (DeploymentPackage each : all()) {
      if (!each.retain()) {
        held.forEach(DeploymentPackage::release);
        return false;
      }
      held.add(each);
    }
    return true;
  }

  @Override
  public void release() {
    all().forEach(DeploymentPackage::release);
  }

  private List<DeploymentPackage> all() {
    List<DeploymentPackage> all = new ArrayList<>(layers);
    all.add(archive);
    return all;
  }

  /**
   * The class path of a Java function: its own, then the jars in {@code java/lib/} of its layers by
   * name ("Layers for Java functions"); of two with one name the later layer's is there.
   */
  String classPath() throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    for (DeploymentPackage layer : layers) {
      Path lib = layer.taskRoot().resolve("java").resolve("lib");
      if (Files.isDirectory(lib)) {
        try (var files = Files.newDirectoryStream(lib, "*.jar")) {
          files.forEach(jar -> jars.put(String.valueOf(jar.getFileName()), jar));
        }
      }
    }
    StringBuilder path = new StringBuilder(archive.classPath());
    jars.values().forEach(jar -> path.append(File.pathSeparator).append(jar));
    return path.toString();
  }

  /** Where the class data for a class path are kept: beside the archive, which they go with. */
  Path classData(String classPath) {
    return layers.isEmpty()
        ? ClassArchives.archive(archive)
        : archive
            .zip()
            .resolveSibling("classes-" + Integer.toHexString(classPath.hashCode()) + ".jsa");
  }
}
