package io.pipelab.local.container;

import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The folder that is a container's root folder. Paths of the container are resolved inside it as a
 * kernel does for a process whose root it is: links stay inside, and above the root is the root.
 */
public record ImageRoot(Path folder) {
  private static final int MOST_LINKS = 40;

  /** Where a path of the container is on this host, links on the way and at its end followed. */
  public Path resolve(String containerPath) throws IOException {
    return resolve(containerPath, true);
  }

  /** The same, but a link at the end is left as it is: the place where an entry is put. */
  Path resolveParent(String containerPath) throws IOException {
    return resolve(containerPath, false);
  }

  private Path resolve(String containerPath, boolean followLast) throws IOException {
    Deque<String> rest = new ArrayDeque<>();
    push(rest, containerPath);
    Path at = folder;
    int links = 0;
    while (!rest.isEmpty()) {
      String segment = rest.removeFirst();
      if (segment.equals("..")) {
        at = at.equals(folder) ? folder : parent(at);
        continue;
      }
      Path next = at.resolve(segment);
      boolean follow = followLast || !rest.isEmpty();
      if (follow && Files.isSymbolicLink(next)) {
        if (++links > MOST_LINKS) {
          throw new IOException("too many links in " + containerPath);
        }
        // Links are made relative when they are unpacked, so this one starts at its own folder.
        push(rest, Files.readSymbolicLink(next).toString());
        continue;
      }
      at = next;
    }
    return at;
  }

  private static void push(Deque<String> rest, String path) {
    String[] segments = path.split("/");
    for (int i = segments.length - 1; i >= 0; i--) {
      if (!segments[i].isEmpty() && !segments[i].equals(".")) {
        rest.addFirst(segments[i]);
      }
    }
  }

  /**
   * Makes a copy of one of its folders, so that what a process writes there no other sees; an empty
   * one of the root itself, and of a folder that it lacks.
   *
   * @param own where the copy is made
   */
  public Path copyOf(String containerPath, Path own) throws IOException {
    Path shared = resolve(containerPath);
    if (shared.equals(folder) || !Files.isDirectory(shared)) {
      return Files.createDirectories(own);
    }
    FileTree.cloneByLinks(shared, own);
    return own;
  }

  /**
   * The text of a link that stands at {@code link} and points to {@code target} as the container
   * says it: relative, and never out of the root.
   */
  Path linkText(Path link, String target) {
    Deque<String> rest = new ArrayDeque<>();
    push(rest, target);
    Path at = target.startsWith("/") ? folder : parent(link);
    for (String segment : rest) {
      if (!segment.equals("..")) {
        at = at.resolve(segment);
      } else if (!at.equals(folder)) {
        at = parent(at);
      }
    }
    Path text = parent(link).relativize(at);
    return text.toString().isEmpty() ? Path.of(".") : text;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
