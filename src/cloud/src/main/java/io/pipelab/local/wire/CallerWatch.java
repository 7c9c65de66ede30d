package io.pipelab.local.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a caller goes away while its answer is pending. HTTP/1.1 has no word for it: the
 * connection ends, and Jetty does not read it between a request's body and its answer. So the watch
 * reads, and hands a request that was sent ahead of time back to the connection.
 */
final class CallerWatch implements Callback {
  private static final int AHEAD_BYTES = 1024;

  private final AbstractEndPoint connection;
  private final Runnable gone;
  private boolean stopped;

  private CallerWatch(AbstractEndPoint connection, Runnable gone) {
    this.connection = connection;
    this.gone = gone;
  }

  /**
   * Starts to watch; the request's body must have been read to its end.
   *
   * @param gone is run at most once, on a thread of the server's
   */
  static CallerWatch start(AbstractEndPoint connection, Runnable gone) {
    CallerWatch watch = new CallerWatch(connection, gone);
    connection.tryFillInterested(watch);
    return watch;
  }

  /** Gives the connection back to Jetty: to be called before the answer is. */
  synchronized void stop() {
    if (!stopped) {
      stopped = true;
      connection.getFillInterest().onFail(new EOFException("no longer watched"));
    }
  }

  /** There is something to read: the end, or the next request. */
  @Override
  public void succeeded() {
    if (ended()) {
      gone.run();
    }
  }

  private synchronized boolean ended() {
    if (stopped) {
      return false;
    }
    try {
      ByteBuffer ahead = BufferUtil.allocate(AHEAD_BYTES);
      int count = connection.fill(ahead);
      if (count == 0) {
        connection.tryFillInterested(this);
      } else if (count > 0) {
        stopped = true;
        ((Connection.UpgradeTo) connection.getConnection()).onUpgradeTo(ahead);
      }
      return count < 0;
    } catch (IOException e) { // reset by the caller
      return true;
    }
  }

  /** The connection was closed, or the watch stopped. */
  @Override
  public void failed(Throwable cause) {
    boolean closed;
    synchronized (this) {
      closed = !stopped;
      stopped = true;
    }
    if (closed) {
      gone.run();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }
}
