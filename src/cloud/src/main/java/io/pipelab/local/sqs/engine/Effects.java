package io.pipelab.local.sqs.engine;

import java.util.ArrayList;
import java.util.List;

/** What is to be done when a queue's lock is free again: no queue is touched under another's. */
final class Effects {
  private final List<Runnable> all = new ArrayList<>(0);

  void add(Runnable effect) {
    all.add(effect);
  }

  void run() {
    all.forEach(Runnable::run);
  }
}
