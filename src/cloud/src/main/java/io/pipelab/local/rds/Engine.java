package io.pipelab.local.rds;

import io.pipelab.local.kernel.AwsError;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database engine that the embedded cloud has: both are served by one MariaDB.
 *
 * @param versions that RDS offers, oldest first (RDS guide, "MySQL on Amazon RDS versions")
 * @param reserved words that no master user may have
 */
record Engine(
    String name, String description, String initial, List<String> versions, Set<String> reserved) {
  private static final Set<String> RESERVED = Set.of("rdsadmin", "rdsrepladmin", "root", "mysql");

  private static final List<Engine> ALL =
      List.of(
          new Engine(
              "mysql",
              "MySQL Community Edition",
              "8.4.7",
              List.of(
                  "8.0.40", "8.0.41", "8.0.42", "8.0.43", "8.0.44", "8.4.3", "8.4.4", "8.4.5",
                  "8.4.6", "8.4.7"),
              RESERVED),
          new Engine(
              "mariadb",
              "MariaDB Community Edition",
              "11.4.8",
              List.of("10.11.13", "10.11.14", "11.4.5", "11.4.7", "11.4.8", "11.8.3"),
              RESERVED));

  /** Engines of AWS that do not exist here. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "aurora-mysql",
          "aurora-postgresql",
          "custom-oracle-ee",
          "custom-sqlserver-ee",
          "db2-ae",
          "db2-se",
          "oracle-ee",
          "oracle-ee-cdb",
          "oracle-se2",
          "oracle-se2-cdb",
          "postgres",
          "sqlserver-ee",
          "sqlserver-se",
          "sqlserver-ex",
          "sqlserver-web");

  static List<Engine> all() {
    return ALL;
  }

  /**
   * The engine of that name.
   *
   * @throws AwsError InvalidParameterValue, or NotImplemented for an engine that only AWS has
   */
  static Engine named(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw RdsErrors.missing("Engine");
    }
    if (ELSEWHERE.contains(name)) {
      throw AwsError.notImplemented("the database engine " + name);
    }
    return ALL.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(() -> RdsErrors.value("Invalid DB engine: " + name));
  }

  /**
   * The full version for what a caller asks: {@code 8.4} is the newest of its minor ones.
   *
   * @param asked null for the engine's own choice
   */
  String version(@Nullable String asked) {
    if (asked == null) {
      return initial;
    }
    return versions.stream()
        .filter(each -> each.equals(asked) || each.startsWith(asked + "."))
        .reduce((older, newer) -> newer)
        .orElseThrow(() -> RdsErrors.combination("Cannot find version " + asked + " for " + name));
  }

  /** {@code 8.4} of {@code 8.4.7}. */
  static String major(String version) {
    return version.substring(0, version.lastIndexOf('.'));
  }

  /** The parameter group that an instance has when it names none. */
  String family(String version) {
    return name + major(version);
  }

  /** Versions of this engine, newest first. */
  List<String> newestFirst() {
    return versions.stream().sorted(Comparator.comparing(versions::indexOf).reversed()).toList();
  }
}
