package io.pipelab.functions.tasks;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of an execution environment. An environment handles one event at a time, so
 * that a pool would hold connections that nobody uses; the database counts each of them. It is
 * looked at before it is used, because an environment may have been frozen for minutes since.
 */
final class Database {
  private static final int CHECK_SECONDS = 1;

  /** What is done in one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final Connections connections;
  private @Nullable Connection open;

  Database(Connections connections) {
    this.connections = connections;
  }

  /**
   * Does some work in a transaction of its own: all of it is in the database afterwards, or none.
   *
   * @throws SQLException when the database does not answer, or does not take it; whether the last
   *     commit went through is not known then
   */
  <T> T inTransaction(Work<T> work) throws SQLException {
    Connection connection = connection();
    try {
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      close(e);
      throw e;
    }
  }

  private Connection connection() throws SQLException {
    Connection present = open;
    if (present != null && present.isValid(CHECK_SECONDS)) {
      return present;
    }
    Connection fresh = connections.open();
    open = fresh;
    fresh.setAutoCommit(false);
    Schema.create(fresh);
    return fresh;
  }

  /** After a failure nobody knows what the connection is in the middle of. */
  private void close(Exception because) {
    Connection broken = open;
    open = null;
    if (broken == null) {
      return;
    }
    try (broken) {
      broken.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
