package io.pipelab.functions.tasks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on the table of tasks and on its outbox. */
final class Tasks {
  private static final String COLUMNS = "id, title, description, status";

  private Tasks() {}

  /** The tasks, oldest first. */
  static List<Task> all(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT " + COLUMNS + " FROM tasks ORDER BY id");
        ResultSet rows = query.executeQuery()) {
      List<Task> tasks = new ArrayList<>();
      while (rows.next()) {
        tasks.add(task(rows));
      }
      return tasks;
    }
  }

  static Optional<Task> find(Connection connection, int id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM tasks WHERE id = ?")) {
      query.setInt(1, id);
      return first(query);
    }
  }

  /**
   * Stores a task together with the note that it has to be announced. A request that was stored
   * before is found and not stored again.
   *
   * @param request what the client names its request by, or null
   */
  static Task add(
      Connection connection, String title, @Nullable String description, @Nullable String request)
      throws SQLException {
    int id;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tasks (title, description, request) VALUES (?, ?, ?)",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, title);
      insert.setString(2, description);
      insert.setString(3, request);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        id = keys.getInt(1);
      }
    } catch (SQLIntegrityConstraintViolationException e) {
      return ofRequest(connection, request).orElseThrow(() -> e);
    }
    try (PreparedStatement note =
        connection.prepareStatement("INSERT INTO outbox (task_id) VALUES (?)")) {
      note.setInt(1, id);
      note.executeUpdate();
    }
    return new Task(id, title, description, "Pending");
  }

  private static Optional<Task> ofRequest(Connection connection, @Nullable String request)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM tasks WHERE request = ?")) {
      query.setString(1, request);
      return first(query);
    }
  }

  /**
   * The tasks that wait to be announced, oldest first; those that another environment is just
   * announcing are left to it.
   */
  static List<Task> unannounced(Connection connection, int most) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT task_id FROM outbox ORDER BY task_id LIMIT ? FOR UPDATE SKIP LOCKED")) {
      query.setInt(1, most);
      List<Task> tasks = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          find(connection, rows.getInt(1)).ifPresent(tasks::add);
        }
      }
      return tasks;
    }
  }

  static void announced(Connection connection, int id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM outbox WHERE task_id = ?")) {
      delete.setInt(1, id);
      delete.executeUpdate();
    }
  }

  /**
   * Moves a task on; one that is completed stays so, because the same message may come twice.
   *
   * @return whether there is such a task
   */
  static boolean move(Connection connection, int id, String status) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE tasks SET status = ? WHERE id = ? AND status <> 'Completed'")) {
      update.setString(1, status);
      update.setInt(2, id);
      return update.executeUpdate() == 1 || find(connection, id).isPresent();
    }
  }

  private static Optional<Task> first(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      return rows.next() ? Optional.of(task(rows)) : Optional.empty();
    }
  }

  private static Task task(ResultSet row) throws SQLException {
    return new Task(row.getInt(1), row.getString(2), row.getString(3), row.getString(4));
  }
}
