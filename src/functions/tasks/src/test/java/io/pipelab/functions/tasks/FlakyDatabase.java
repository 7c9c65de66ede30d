package io.pipelab.functions.tasks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An H2 database in memory that speaks MySQL's dialect, and can be taken down. */
final class FlakyDatabase implements Connections, AutoCloseable {
  private final String url =
      "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
  private final List<Connection> given = new ArrayList<>();
  private boolean down;

  @Override
  public Connection open() throws SQLException {
    if (down) {
      throw new SQLException("connection refused to db.internal");
    }
    Connection connection = DriverManager.getConnection(url);
    given.add(connection);
    return connection;
  }

  int opened() {
    return given.size();
  }

  void goDown() throws SQLException {
    down = true;
    for (Connection each : given) {
      each.close();
    }
  }

  void comeBack() {
    down = false;
  }

  int count(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("SHUTDOWN");
    }
  }
}
