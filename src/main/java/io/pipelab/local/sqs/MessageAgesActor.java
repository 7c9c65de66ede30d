package io.pipelab.local.sqs;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.OperationUnsupported$;
import org.elasticmq.actor.queue.QueueEvent;
import scala.util.Right;

/** Follows the engine's events, moves to a dead-letter queue included. */
final class MessageAgesActor extends AbstractActor {
  private final MessageAges ages;

  private MessageAgesActor(MessageAges ages) {
    this.ages = ages;
  }

  static Props props(MessageAges ages) {
    return Props.create(MessageAgesActor.class, () -> new MessageAgesActor(ages));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(QueueEvent.MessageAdded.class, this::added)
        .match(QueueEvent.MessageUpdated.class, event -> answer())
        .match(QueueEvent.MessageRemoved.class, this::removed)
        .match(QueueEvent.QueueDeleted.class, event -> ages.cleared(event.queueName()))
        .match(QueueEvent.Restore.class, event -> restored())
        .matchAny(event -> {})
        .build();
  }

  private void added(QueueEvent.MessageAdded event) {
    InternalMessage message = event.message();
    ages.added(event.queueName(), message.id(), message.created().toInstant().toEpochMilli());
    answer();
  }

  private void removed(QueueEvent.MessageRemoved event) {
    ages.removed(event.queueName(), event.messageId());
    answer();
  }

  /** The engine waits for an answer: nothing is stored for it here. */
  private void answer() {
    getSender().tell(OperationUnsupported$.MODULE$, getSelf());
  }

  private void restored() {
    getSender().tell(new Right<>(OperationUnsupported$.MODULE$), getSelf());
  }
}
