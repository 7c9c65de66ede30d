package io.pipelab.functions.tasks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The lab's database, as {@code DB_HOST}, {@code DB_PORT}, {@code DB_USER}, {@code DB_PASSWORD} and
 * {@code DB_NAME} name it. The connection is encrypted; the server's certificate is not checked,
 * because RDS's own authority is not among those that a JVM trusts.
 */
final class MySql implements Connections {
  /** Shorter than the functions' ten seconds, so that there is time left for an answer. */
  private static final String CONNECT_MILLIS = "2000";

  private static final String ANSWER_MILLIS = "3000";

  private final String url;
  private final Properties settings = new Properties();

  MySql(String host, int port, String database, String user, String password) {
    this.url = "jdbc:mariadb://" + host + ":" + port + "/" + database;
    settings.setProperty("user", user);
    settings.setProperty("password", password);
    settings.setProperty("sslMode", "trust");
    settings.setProperty("connectTimeout", CONNECT_MILLIS);
    settings.setProperty("socketTimeout", ANSWER_MILLIS);
  }

  static MySql ofEnvironment() {
    return new MySql(
        Environment.required("DB_HOST"),
        Environment.number("DB_PORT", 3306),
        Environment.required("DB_NAME"),
        Environment.required("DB_USER"),
        Environment.required("DB_PASSWORD"));
  }

  @Override
  public Connection open() throws SQLException {
    return DriverManager.getConnection(url, settings);
  }
}
