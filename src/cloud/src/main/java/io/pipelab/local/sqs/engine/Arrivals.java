package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/** All messages of a queue in its order, linked through themselves: the first is the oldest. */
final class Arrivals {
  private @Nullable Message first;
  private @Nullable Message last;

  @Nullable Message first() {
    return first;
  }

  void append(Message message) {
    message.before = last;
    message.after = null;
    if (last == null) {
      first = message;
    } else {
      last.after = message;
    }
    last = message;
  }

  void remove(Message message) {
    Message before = message.before;
    Message after = message.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    message.before = null;
    message.after = null;
  }
}
