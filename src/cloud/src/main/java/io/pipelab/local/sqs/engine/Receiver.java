package io.pipelab.local.sqs.engine;

import java.util.List;

/** What somebody makes of the messages that he receives; called without any lock. */
@FunctionalInterface
public interface Receiver<T> {
  T received(List<ReceivedMessage> messages);

  /** The failure that a refusal is to the one who waited. */
  default RuntimeException refused(QueueRefusal refusal) {
    return refusal;
  }
}
