package io.pipelab.local.kernel;

import java.util.Locale;

/** Tells a full disk from every other trouble with files. */
public final class FullDisk {
  private FullDisk() {}

  /** Whether something failed because there was no room for it. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String text = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left") || text.contains("disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  /** What the caller is told: HTTP's own status for it (RFC 4918), which SDKs do not try again. */
  public static AwsError error() {
    return AwsError.of(
        "InsufficientStorage",
        507,
        "No space left: the disk that holds the embedded cloud's data is full. Nothing was"
            + " stored.");
  }
}
