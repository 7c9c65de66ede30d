package io.pipelab.local.rds;

import io.pipelab.local.kernel.AwsError;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What RDS asks of an instance's settings (API reference, "CreateDBInstance"). */
final class InstanceRules {
  private static final Pattern USER = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,15}");
  private static final Pattern DATABASE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");
  private static final Pattern PASSWORD = Pattern.compile("[!-~&&[^/\"@]]*");
  private static final int LEAST_PASSWORD = 8;
  private static final int MOST_PASSWORD = 41;
  private static final int LEAST_PORT = 1150;
  private static final int MOST_PORT = 65535;
  private static final int MOST_STORAGE = 65536;
  private static final int MOST_RETENTION = 35;

  /** The least GiB of each storage type; those with provisioned IOPS do not exist here. */
  private static final Map<String, Integer> STORAGE = Map.of("gp2", 20, "gp3", 20, "standard", 5);

  private InstanceRules() {}

  static String user(@Nullable String user, Set<String> reserved) {
    if (user == null || user.isBlank()) {
      throw RdsErrors.missing("MasterUsername");
    }
    if (reserved.contains(user.toLowerCase(Locale.ROOT))) {
      throw RdsErrors.value(
          "MasterUsername " + user + " cannot be used as it is a reserved word used by the engine");
    }
    if (!USER.matcher(user).matches()) {
      throw RdsErrors.value(
          "The parameter MasterUsername must begin with a letter, contain only alphanumeric"
              + " characters, and be between 1 and 16 characters long.");
    }
    return user;
  }

  static String password(@Nullable String password) {
    if (password == null || password.isEmpty()) {
      throw RdsErrors.missing("MasterUserPassword");
    }
    String invalid = "The parameter MasterUserPassword is not a valid password";
    if (!PASSWORD.matcher(password).matches()) {
      throw RdsErrors.value(
          invalid + ". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
    }
    if (password.length() < LEAST_PASSWORD) {
      throw RdsErrors.value(
          invalid + " because it is shorter than " + LEAST_PASSWORD + " characters.");
    }
    if (password.length() > MOST_PASSWORD) {
      throw RdsErrors.value(
          invalid + " because it is longer than " + MOST_PASSWORD + " characters.");
    }
    return password;
  }

  static @Nullable String database(@Nullable String name, String engine) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    if (!DATABASE.matcher(name).matches()) {
      throw RdsErrors.value(
          "DBName must begin with a letter and contain only alphanumeric characters.");
    }
    if (Set.of("mysql", "sys", "information_schema", "performance_schema")
        .contains(name.toLowerCase(Locale.ROOT))) {
      throw RdsErrors.value(
          "DBName " + name + " cannot be used. It is a reserved word for engine " + engine);
    }
    return name;
  }

  static String storageType(@Nullable String type) {
    String chosen = type == null ? "gp3" : type;
    if (chosen.equals("io1") || chosen.equals("io2")) {
      throw AwsError.notImplemented("the storage type " + chosen);
    }
    if (!STORAGE.containsKey(chosen)) {
      throw RdsErrors.value("Invalid storage type: " + chosen);
    }
    return chosen;
  }

  static int storage(@Nullable Integer gib, String engine, String type) {
    if (gib == null) {
      throw RdsErrors.missing("AllocatedStorage");
    }
    if (gib < STORAGE.getOrDefault(type, 0) || gib > MOST_STORAGE) {
      throw RdsErrors.value(
          "Invalid storage size for engine name "
              + engine
              + " and storage type "
              + type
              + ": "
              + gib);
    }
    return gib;
  }

  static int port(@Nullable Integer port, int otherwise) {
    int chosen = port == null ? otherwise : port;
    if (chosen < LEAST_PORT || chosen > MOST_PORT) {
      throw RdsErrors.value(
          "Invalid database port "
              + chosen
              + ". Must be between "
              + LEAST_PORT
              + " and "
              + MOST_PORT
              + ".");
    }
    return chosen;
  }

  static int retention(@Nullable Integer days) {
    int chosen = days == null ? 1 : days;
    if (chosen < 0 || chosen > MOST_RETENTION) {
      throw RdsErrors.value(
          "Invalid backup retention period: "
              + chosen
              + ". Must be between 0 and "
              + MOST_RETENTION
              + ".");
    }
    return chosen;
  }
}
