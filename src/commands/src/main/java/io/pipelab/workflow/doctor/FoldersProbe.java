package io.pipelab.workflow.doctor;

import io.pipelab.target.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's folders: whether pipelab can write there, and whether there is room. */
public final class FoldersProbe implements Probe {
  private static final long MIB = 1024 * 1024;

  /** An image, the embedded cloud's data and its class-data archives need about this. */
  private static final long ENOUGH = 500 * MIB;

  private static final long TOO_LITTLE = 100 * MIB;

  private final Folders folders;

  public FoldersProbe(Folders folders) {
    this.folders = folders;
  }

  @Override
  public List<Finding> look() {
    Map<String, Path> byVariable = new LinkedHashMap<>();
    byVariable.put("XDG_STATE_HOME", folders.state());
    byVariable.put("XDG_CACHE_HOME", folders.cache());
    List<Finding> findings = new ArrayList<>();
    byVariable.forEach(
        (variable, folder) -> {
          Finding finding = look(variable, folder);
          if (finding != null) {
            findings.add(finding);
          }
        });
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok("folders", folders.state() + " and " + folders.cache() + " can be written"));
    }
    return findings;
  }

  /** Tried, because root may write where no file system takes anything, as in {@code /proc}. */
  private static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".pipelab", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable Finding look(String variable, Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !isWritable(there)) {
      return Finding.stops(
          "folders",
          folder
              + " cannot be written"
              + (there.equals(folder) ? "" : " (because of " + there + ")"),
          "make it writable, or set " + variable + " to another folder");
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String what = folder + " has " + free / MIB + " MiB free";
      String next = "make room, or set " + variable + " to a folder on another disk";
      return free < TOO_LITTLE
          ? Finding.stops("disk", what, next)
          : free < ENOUGH ? Finding.note("disk", what, next) : null;
    } catch (IOException e) {
      return Finding.note("disk", "the room in " + folder + " is unknown: " + e, null);
    }
  }
}
