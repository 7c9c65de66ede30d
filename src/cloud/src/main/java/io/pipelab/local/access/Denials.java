package io.pipelab.local.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last refusals; older ones are forgotten. */
public final class Denials {
  private static final int MOST = 200;

  private final Deque<Denial> last = new ArrayDeque<>();

  synchronized void add(Denial denial) {
    if (last.size() == MOST) {
      last.removeFirst();
    }
    last.addLast(denial);
  }

  /** The last ones, the latest first. */
  synchronized List<Denial> latest() {
    List<Denial> all = new ArrayList<>(last);
    Collections.reverse(all);
    return all;
  }

  /** By its own id or by that of its request. */
  synchronized Optional<Denial> find(String id) {
    return last.stream()
        .filter(each -> each.id().equals(id) || each.requestId().equals(id))
        .findFirst();
  }
}
