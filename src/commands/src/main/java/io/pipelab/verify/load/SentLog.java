package io.pipelab.verify.load;

import java.util.List;

/** What was sent into a lab since it was put up. */
public interface SentLog {
  /** All of it, the oldest first. */
  List<Sent> all();

  /** Remembers one more. */
  void add(Sent sent);
}
