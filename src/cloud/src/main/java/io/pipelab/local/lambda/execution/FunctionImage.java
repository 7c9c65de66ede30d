package io.pipelab.local.lambda.execution;

import io.pipelab.local.container.ImageConfig;
import io.pipelab.local.container.ImageRoot;
import io.pipelab.local.container.UnpackedImages;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.FileTree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A function's container image as it was when the code was set: a later push under the same tag
 * changes nothing.
 */
public final class FunctionImage implements StoredCode {
  private static final System.Logger LOG = System.getLogger(FunctionImage.class.getName());

  private final String uri;
  private final String digest;
  private final Optional<UnpackedImages.Lease> unpacked;
  private final String problem;
  private final Path folder;
  private int users = 1;

  private FunctionImage(
      String uri,
      String digest,
      Optional<UnpackedImages.Lease> unpacked,
      String problem,
      Path folder) {
    this.uri = uri;
    this.digest = digest;
    this.unpacked = unpacked;
    this.problem = problem;
    this.folder = folder;
  }

  /**
   * An image that can be run.
   *
   * @param uri as the function's owner wrote it
   * @param folder for what belongs to this use of the image
   */
  static FunctionImage usable(String uri, UnpackedImages.Lease unpacked, Path folder) {
    return new FunctionImage(uri, unpacked.image().digest(), Optional.of(unpacked), "", folder);
  }

  /** An image that cannot be unpacked. */
  static FunctionImage broken(String uri, String digest, String problem, Path folder) {
    return new FunctionImage(uri, digest, Optional.empty(), problem, folder);
  }

  /** The image as the function's owner named it. */
  public String uri() {
    return uri;
  }

  /** The image by its digest: {@code HOST/REPOSITORY@sha256:...}. */
  public String resolvedUri() {
    int at = uri.indexOf('@');
    String named = at < 0 ? uri : uri.substring(0, at);
    int colon = named.lastIndexOf(':');
    return (colon > named.lastIndexOf('/') ? named.substring(0, colon) : named) + "@" + digest;
  }

  /** Why it cannot be run; empty when it can be. */
  public String problem() {
    return problem;
  }

  /**
   * Refuses by name a program that is in the image and that this host cannot run; one that is not
   * there fails when the function is called, as on AWS.
   *
   * @throws AwsError NotImplemented
   */
  public void requireRunnable(ImageOverrides overrides) {
    if (unpacked.isPresent()) {
      program(overrides).requireJava();
    }
  }

  /** What it runs. */
  ContainerProgram program(ImageOverrides overrides) {
    UnpackedImages.Lease lease =
        unpacked.orElseThrow(() -> new IllegalStateException(uri + " cannot be run: " + problem));
    return new ContainerProgram(
        new ImageRoot(lease.folder()), ImageConfig.of(lease.image().config()), overrides);
  }

  /** Where what belongs to this use of the image is kept; it goes with the last user. */
  Path folder() {
    return folder;
  }

  @Override
  public String sha256() {
    return digest.substring(digest.indexOf(':') + 1);
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public synchronized boolean retain() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  @Override
  public synchronized void release() {
    if (users == 0) {
      throw new IllegalStateException("released more often than used: " + uri);
    }
    if (--users > 0) {
      return;
    }
    unpacked.ifPresent(UnpackedImages.Lease::close);
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot delete " + folder, e);
    }
  }
}
