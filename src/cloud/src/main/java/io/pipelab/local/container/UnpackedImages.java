package io.pipelab.local.container;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ContainerImages;
import io.pipelab.local.kernel.ContainerImages.Image;
import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images unpacked once each and shared by all that run them; the files are read-only. */
public final class UnpackedImages implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UnpackedImages.class.getName());
  private static final int MOST_FILES = 200_000;
  private static final long MOST_BYTES = 8L << 30;

  /** So many images are kept for the next run. */
  private static final int KEPT_UNUSED = 3;

  private final ContainerImages images;
  private final Path directory;
  private final Map<String, Entry> byDigest = new HashMap<>();

  /** By digest, longest unused first. */
  private final Map<String, Entry> unused = new LinkedHashMap<>();

  private int unpacked;

  public UnpackedImages(ContainerImages images, Path directory) {
    this.images = images;
    this.directory = directory;
  }

  private static final class Entry {
    private final Path folder;
    private int users;
    private volatile boolean ready;

    Entry(Path folder) {
      this.folder = folder;
    }
  }

  /** An image in use; closing it lets its files go. */
  public final class Lease implements AutoCloseable {
    private final Image image;
    private final Entry entry;

    private Lease(Image image, Entry entry) {
      this.image = image;
      this.entry = entry;
    }

    public Image image() {
      return image;
    }

    /** The folder that is the container's root folder. */
    public Path folder() {
      return entry.folder;
    }

    @Override
    public void close() {
      release(image.digest(), entry);
    }
  }

  /**
   * Pulls an image and unpacks it, unless it is there already.
   *
   * @throws ImageFailure when it is absent or broken
   */
  public Lease pull(String uri) throws ImageFailure {
    Image image;
    try {
      image = images.pull(uri, null);
    } catch (AwsError e) {
      throw ImageFailure.absent(e);
    }
    return unpacked(image);
  }

  /**
   * Unpacks an image that was pulled, unless it is there already.
   *
   * @throws ImageFailure when it is broken
   */
  public Lease unpacked(Image image) throws ImageFailure {
    Entry entry = acquire(image.digest());
    Lease lease = new Lease(image, entry);
    boolean usable = false;
    try {
      synchronized (entry) {
        if (!entry.ready) {
          unpack(image, entry);
        }
      }
      usable = true;
      return lease;
    } catch (IOException | InvalidPathException e) {
      throw ImageFailure.broken(e);
    } finally {
      if (!usable) {
        lease.close();
      }
    }
  }

  /** Unpacks an image whole, or leaves nothing of it. */
  private static void unpack(Image image, Entry entry) throws IOException {
    try {
      Files.createDirectories(entry.folder);
      new LayerUnpacker(entry.folder.toRealPath(), MOST_FILES, MOST_BYTES).unpack(image.layers());
      entry.ready = true;
    } finally {
      if (!entry.ready) {
        FileTree.delete(entry.folder);
      }
    }
  }

  private synchronized Entry acquire(String digest) {
    Entry entry =
        byDigest.computeIfAbsent(
            digest, ignored -> new Entry(directory.resolve("image-" + ++unpacked)));
    unused.remove(digest);
    entry.users++;
    return entry;
  }

  private synchronized void release(String digest, Entry entry) {
    if (--entry.users > 0) {
      return;
    }
    if (!entry.ready) {
      delete(digest);
      return;
    }
    unused.put(digest, entry);
    while (unused.size() > KEPT_UNUSED) {
      String oldest = unused.keySet().iterator().next();
      delete(oldest);
    }
  }

  private void delete(String digest) {
    unused.remove(digest);
    Entry entry = byDigest.remove(digest);
    if (entry != null) {
      try {
        FileTree.delete(entry.folder);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot delete " + entry.folder, e);
      }
    }
  }

  /** Deletes all that is unpacked. */
  @Override
  public synchronized void close() {
    for (String digest : List.copyOf(byDigest.keySet())) {
      delete(digest);
    }
  }
}
