package io.pipelab.verify.load;

import java.util.List;

/** Where records of what was sent into a lab are kept: small JSON documents by their keys. */
public interface RecordStore {
  /** The keys that begin so. */
  List<String> keys(String prefix);

  /** A record's document. */
  byte[] read(String key);

  /** Keeps a document, in place of the one that was there. */
  void write(String key, String json);

  /** A record as the user finds it, for errors. */
  String place(String key);
}
