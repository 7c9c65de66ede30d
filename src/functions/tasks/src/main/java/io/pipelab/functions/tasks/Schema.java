package io.pipelab.functions.tasks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, made by whoever comes first. */
final class Schema {
  private static final List<String> TABLES =
      List.of(
          // What a client names its request by keeps a task from being stored twice.
          "CREATE TABLE IF NOT EXISTS tasks ("
              + "id INT AUTO_INCREMENT PRIMARY KEY, "
              + "title VARCHAR(255) NOT NULL, "
              + "description TEXT, "
              + "status VARCHAR(50) NOT NULL DEFAULT 'Pending', "
              + "request VARCHAR(64) UNIQUE)",
          // Tasks that are stored and not announced yet.
          "CREATE TABLE IF NOT EXISTS outbox ("
              + "task_id INT PRIMARY KEY, "
              + "since TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)");

  private Schema() {}

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
  }
}
