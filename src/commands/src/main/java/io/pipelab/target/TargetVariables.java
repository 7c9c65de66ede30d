package io.pipelab.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables with which other programs, the AWS command line before all, reach the
 * target that pipelab's own commands reach.
 *
 * @param set the values to be given
 * @param unset the variables that would lead elsewhere
 */
public record TargetVariables(Map<String, String> set, List<String> unset) {
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final List<String> KEYS =
      List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
  private static final List<String> PROFILES = List.of("AWS_PROFILE", "AWS_DEFAULT_PROFILE");

  /**
   * The variables for a connection.
   *
   * @param environment the user's own
   */
  public static TargetVariables of(Connection connection, Map<String, String> environment) {
    Map<String, String> set = new LinkedHashMap<>();
    TreeSet<String> unset = new TreeSet<>();
    // A service's own variable would win over the common one.
    environment.keySet().stream().filter(name -> name.startsWith(ENDPOINT)).forEach(unset::add);
    unset.add("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    if (connection.endpoint() != null) {
      set.put(ENDPOINT, connection.endpoint().toString());
    }
    if (connection.region() != null) {
      set.put("AWS_REGION", connection.region());
      set.put("AWS_DEFAULT_REGION", connection.region());
    }
    String word = madeUpKey(connection, environment);
    if (word != null) {
      unset.addAll(KEYS);
      unset.addAll(PROFILES);
      KEYS.subList(0, 2).forEach(name -> set.put(name, word));
    } else if (connection.profile() != null) {
      // Keys in the environment would win over a profile that is named there.
      unset.addAll(KEYS);
      unset.addAll(PROFILES);
      set.put("AWS_PROFILE", connection.profile());
    }
    unset.removeAll(set.keySet());
    return new TargetVariables(set, new ArrayList<>(unset));
  }

  /** As {@link ClientDefaults} has them: an emulator on this machine takes any. */
  private static @Nullable String madeUpKey(
      Connection connection, Map<String, String> environment) {
    if (connection.embedded()) {
      return "pipelab";
    }
    boolean own =
        connection.profile() != null
            || environment.containsKey("AWS_ACCESS_KEY_ID")
            || environment.containsKey("AWS_PROFILE");
    return connection.loopback() && !own ? "test" : null;
  }
}
