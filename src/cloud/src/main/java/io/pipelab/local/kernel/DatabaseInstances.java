package io.pipelab.local.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port to RDS: where a secret's database is. */
public interface DatabaseInstances {
  /**
   * An instance as its clients need it.
   *
   * @param engine {@code mysql} or {@code mariadb}
   * @param database the first one's name, or null
   */
  record Database(
      String identifier, String engine, String host, int port, @Nullable String database) {}

  /** The instance of that identifier, when it has an address. */
  Optional<Database> instance(String identifier);
}
