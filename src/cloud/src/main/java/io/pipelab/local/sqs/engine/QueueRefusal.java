package io.pipelab.local.sqs.engine;

/** What a queue refuses to do, told apart by its reason alone. */
public final class QueueRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Too many messages are in flight. */
    OVER_LIMIT,
    /** The text never was a receipt handle of this queue. */
    HANDLE_INVALID,
    /** A FIFO queue's message is visible again, so its handle no longer deletes it. */
    HANDLE_EXPIRED,
    /** The message of the handle was deleted. */
    MESSAGE_GONE,
    /** A FIFO queue's message is visible again. */
    NOT_IN_FLIGHT,
    /** The message would be invisible for more than twelve hours after its receive. */
    INVISIBLE_TOO_LONG,
    /** The queue was deleted. */
    QUEUE_GONE
  }

  private final Reason reason;

  QueueRefusal(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
