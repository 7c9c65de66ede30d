package io.pipelab.functions.images;

/**
 * Where a function stores what it makes.
 *
 * @param folder begins every key: {@code thumbnail/}
 * @param prefix begins every name: {@code Thumbnail-}
 */
record Format(String folder, String prefix) {
  /** Only what is in here is made smaller: what is stored elsewhere must never start a circle. */
  static final String INGEST = "ingest/";

  /**
   * The key of what is made of a picture. Folders below {@code ingest/} are kept, so that pictures
   * of one name in two folders stay two.
   *
   * @param key the picture's key, below {@code ingest/}
   */
  String keyOf(String key) {
    String path = key.substring(INGEST.length());
    int name = path.lastIndexOf('/') + 1;
    return folder + path.substring(0, name) + prefix + path.substring(name);
  }
}
