package io.pipelab.local.rds.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements that a server carries out before it lets anybody in; passwords are hashed. */
final class Startup {
  /** The cloud's own user: its password is new at each start, and known to nobody else. */
  static final String OWN_USER = "rdsadmin";

  /** What RDS gives a master user of MySQL; not FILE, nor SUPER (RDS guide, "Master user"). */
  private static final String PRIVILEGES =
      "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER,"
          + " SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE,"
          + " REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE"
          + " USER, EVENT, TRIGGER";

  private Startup() {}

  /** At each start. */
  static List<String> always(String ownPassword) {
    return List.of(
        "CREATE OR REPLACE USER '"
            + OWN_USER
            + "'@'localhost' IDENTIFIED BY PASSWORD '"
            + NativePassword.hash(ownPassword)
            + "'",
        "GRANT ALL PRIVILEGES ON *.* TO '" + OWN_USER + "'@'localhost' WITH GRANT OPTION",
        "DROP USER IF EXISTS 'root'@'localhost'");
  }

  /**
   * At the first start.
   *
   * @param database to be created, or null
   */
  static List<String> first(String user, String password, @Nullable String database) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE OR REPLACE USER '"
            + user
            + "'@'%' IDENTIFIED BY PASSWORD '"
            + NativePassword.hash(password)
            + "'");
    statements.add("GRANT " + PRIVILEGES + " ON *.* TO '" + user + "'@'%' WITH GRANT OPTION");
    if (database != null) {
      statements.add("CREATE DATABASE IF NOT EXISTS `" + database + "`");
    }
    return statements;
  }

  /** Another password for the master user. */
  static String password(String user, String password) {
    return "ALTER USER '"
        + user
        + "'@'%' IDENTIFIED BY PASSWORD '"
        + NativePassword.hash(password)
        + "'";
  }

  /** The file of statements, one a line. */
  static String script(List<String> first, List<String> always) {
    StringBuilder script = new StringBuilder();
    Stream.concat(always.stream(), first.stream())
        .forEach(statement -> script.append(statement).append(";\n"));
    return script.toString();
  }
}
