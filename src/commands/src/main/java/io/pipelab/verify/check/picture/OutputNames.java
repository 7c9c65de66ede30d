package io.pipelab.verify.check.picture;

import io.pipelab.lab.Settings;

/**
 * Which file a lab's function makes of which picture.
 *
 * @param ingest where the pictures are: {@code ingest/}
 * @param suffix what their names end with: {@code .jpg}
 * @param folder where the outputs are: {@code thumbnail/}
 * @param prefix what their names begin with: {@code Thumbnail-}
 */
public record OutputNames(String ingest, String suffix, String folder, String prefix) {
  static final String[] SETTINGS = {"ingest", "suffix", "folder", "prefix"};

  static OutputNames of(Settings settings) {
    return new OutputNames(
        settings.text("ingest"),
        settings.text("suffix"),
        settings.text("folder"),
        settings.text("prefix"));
  }

  /** Whether something is made of an object. */
  public boolean isPicture(String key) {
    return key.startsWith(ingest) && key.endsWith(suffix);
  }

  /** The key of what is made of a picture; sub-folders are kept. */
  public String outputOf(String key) {
    String path = key.startsWith(ingest) ? key.substring(ingest.length()) : key;
    int name = path.lastIndexOf('/') + 1;
    return folder + path.substring(0, name) + prefix + path.substring(name);
  }
}
