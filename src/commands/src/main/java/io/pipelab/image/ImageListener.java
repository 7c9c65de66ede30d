package io.pipelab.image;

/** Hears how far an image is; called from several threads. */
public interface ImageListener {
  /** A listener that does not care. */
  ImageListener NONE = fraction -> {};

  /** How much of building and pushing is done, from 0 to 1; it never goes back. */
  void done(double fraction);
}
