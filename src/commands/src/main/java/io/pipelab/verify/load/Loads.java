package io.pipelab.verify.load;

import java.util.List;

/** The loads of a lab since it was put up. */
public interface Loads {
  /** All of them, the oldest first. */
  List<LoadRecord> all();

  /** Remembers one more. */
  void add(LoadRecord load);
}
