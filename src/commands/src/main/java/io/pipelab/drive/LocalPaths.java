package io.pipelab.drive;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the objects of a bucket go in a folder. Keys are whatever somebody once typed: none leads
 * out of the folder, and no two lead to one file.
 */
final class LocalPaths {
  /** File systems take 255 bytes; characters may need four. */
  private static final int LONGEST_NAME = 60;

  private final Set<Path> files = new HashSet<>();
  private final Set<Path> folders = new HashSet<>();

  /**
   * Keeps paths free.
   *
   * @param taken what no object may be called: the page that shows them
   */
  LocalPaths(Path taken) {
    files.add(taken);
  }

  /** A path relative to the folder, which no other key gets. */
  Path of(String key) {
    Path own = relative(key);
    Path path = own;
    for (int i = 1; isTaken(path); i++) {
      path = Path.of("_" + i).resolve(own);
    }
    files.add(path);
    for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
      folders.add(parent);
    }
    return path;
  }

  private boolean isTaken(Path path) {
    if (files.contains(path) || folders.contains(path)) {
      return true;
    }
    for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
      if (files.contains(parent)) {
        return true;
      }
    }
    return false;
  }

  private static Path relative(String key) {
    List<String> names = new ArrayList<>();
    for (String part : key.split("/", -1)) {
      if (!part.isEmpty()) {
        names.add(name(part));
      }
    }
    String all = names.isEmpty() ? "_" : String.join("/", names);
    try {
      return Path.of(all);
    } catch (InvalidPathException e) {
      // A locale without these letters.
      return Path.of(all.replaceAll("[^\\x20-\\x7E]", "_"));
    }
  }

  private static String name(String part) {
    if (part.equals(".") || part.equals("..")) {
      return part.replace('.', '_');
    }
    String name = part.replaceAll("[\\p{Cntrl}\\\\:*?\"<>|]", "_");
    return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
  }
}
