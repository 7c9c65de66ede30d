package io.pipelab.functions.tasks;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a connection to the database comes from. */
@FunctionalInterface
interface Connections {
  /** Opens one; it fails within seconds when the database does not answer. */
  Connection open() throws SQLException;
}
